/** Everything in which the two databases differ for us; all other SQL is one text for both. */
export interface Dialect {
  /** Text that compares by bytes: SQLite does by itself, PostgreSQL would use the locale of the database. */
  readonly text: string;
  /** A primary key that counts up by itself and is never used twice. */
  readonly countingKey: string;
  /** Suffix of a select whose rows nobody else may change until the transaction ends. */
  readonly forUpdate: string;
  /** The same, passing over rows that another transaction holds. */
  readonly skipLocked: string;
}

/** One writer at a time (BEGIN IMMEDIATE): nothing to lock row by row. */
export const sqliteDialect: Dialect = {
  text: 'text',
  countingKey: 'integer primary key autoincrement',
  forUpdate: '',
  skipLocked: '',
};

export const postgresDialect: Dialect = {
  text: 'text collate "C"',
  countingKey: 'bigint generated always as identity primary key',
  forUpdate: 'for update',
  skipLocked: 'for update skip locked',
};
