import type { Database as Connection, Statement as Prepared } from 'better-sqlite3';
import { sqliteDialect } from '#adapters/store/dialect';
import type { Database, Program, Row, Statement, Value } from '#adapters/store/program';
import { type SqlName, sqlTexts } from '#adapters/store/sql';

/**
 * Called around every transaction that changes something, `n` counting them from 1: `before` its COMMIT (what throws there undoes
 * it), `after` it is on disk (what throws there reaches the caller of a write that did happen). For tests that crash at these points.
 */
export type OnWrite = (n: number, moment: 'before' | 'after') => void;

type Params = Readonly<Record<number, Value>>;

/** Programs run from BEGIN IMMEDIATE to COMMIT without giving up the thread: nothing interleaves, no queue is needed. */
export function sqliteDatabase(connection: Connection, release: () => void, onWrite?: OnWrite): Database {
  const execute = executor(connection);
  const changed = connection.prepare<[], number>('select total_changes()').pluck();
  const begin = connection.prepare('begin immediate');
  const commit = connection.prepare('commit');
  const rollback = connection.prepare('rollback');
  let writes = 0;

  function transact<T>(program: Program<T>, keep: (result: T) => boolean): T {
    const before = changed.get();
    const result = runThrough(program, execute);
    if (!keep(result)) {
      rollback.run();
      return result;
    }
    if (changed.get() === before) {
      commit.run();
      return result;
    }
    writes += 1;
    onWrite?.(writes, 'before');
    commit.run();
    onWrite?.(writes, 'after');
    return result;
  }

  return {
    async write(program, keep = () => true) {
      begin.run();
      try {
        return transact(program(), keep);
      } finally {
        if (connection.inTransaction) rollback.run();
      }
    },
    async read(use, params) {
      return execute({ use, params });
    },
    async close() {
      connection.close();
      release();
    },
  };
}

function runThrough<T>(program: Program<T>, execute: (statement: Statement) => readonly Row[]): T {
  let step = program.next();
  while (!step.done) step = program.next(execute(step.value));
  return step.value;
}

function executor(connection: Connection): (statement: Statement) => readonly Row[] {
  const texts = sqlTexts(sqliteDialect);
  const cache = new Map<SqlName, Prepared<[Params], Row>>();
  return ({ use, params }) => {
    let prepared = cache.get(use);
    if (prepared === undefined) {
      prepared = connection.prepare<[Params], Row>(texts[use]);
      cache.set(use, prepared);
    }
    const named: Record<number, Value> = {};
    for (let i = 0; i < params.length; i++) named[i + 1] = params[i] ?? null;
    if (prepared.reader) return prepared.all(named);
    prepared.run(named);
    return [];
  };
}
