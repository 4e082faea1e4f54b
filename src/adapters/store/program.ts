import type { SqlName } from '#adapters/store/sql';

export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

export interface Statement {
  readonly use: SqlName;
  readonly params: readonly Value[];
}

/**
 * What happens inside one transaction: yields a statement, is given its rows, returns a result. Written once, as a generator, because
 * the two drivers must run it differently: PostgreSQL awaits every statement on a connection of its own; SQLite has one connection, on
 * which no other call may slip in between BEGIN and COMMIT, so that it runs the whole program without ever giving up the thread.
 */
export type Program<T> = Generator<Statement, T, readonly Row[]>;

export interface Database {
  /**
   * Runs the program in one transaction: committed when `keep` says so of its result (always, without it), else rolled back.
   * Throws when the database cannot do it; then nothing of it has happened. May run the program again from the start.
   */
  write<T>(program: () => Program<T>, keep?: (result: T) => boolean): Promise<T>;
  read(use: SqlName, params: readonly Value[]): Promise<readonly Row[]>;
  close(): Promise<void>;
}

export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`column ${column} should hold text`);
  return value;
}

export function textOrNull(row: Row, column: string): string | undefined {
  return row[column] === null ? undefined : textOf(row, column);
}

export function numberOf(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`column ${column} should hold a number`);
  return value;
}
