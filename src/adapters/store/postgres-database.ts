import type { Pool, PoolClient } from 'pg';
import { postgresDialect } from '#adapters/store/dialect';
import type { Database, Program, Row, Statement } from '#adapters/store/program';
import { sqlTexts } from '#adapters/store/sql';

/** Serialization failure and deadlock: the server undid everything and asks to run the transaction again. */
const again: readonly string[] = ['40001', '40P01'];
const maxRuns = 10;

/**
 * READ COMMITTED is enough: every decision is one conditional statement on rows it locks. Where the connection is lost during COMMIT
 * itself the outcome is not known and the write throws; whoever repeats it is held by its expectations, the inbox or the lease.
 */
export function postgresDatabase(pool: Pool): Database {
  const texts = sqlTexts(postgresDialect);

  async function execute(on: Pool | PoolClient, { use, params }: Statement): Promise<readonly Row[]> {
    // Named: planned once per connection.
    const result = await on.query<Row>({ name: use, text: texts[use], values: [...params] });
    return result.rows;
  }

  async function runThrough<T>(client: PoolClient, program: Program<T>): Promise<T> {
    let step = program.next();
    while (!step.done) step = program.next(await execute(client, step.value));
    return step.value;
  }

  return {
    async write(program, keep = () => true) {
      for (let run = 1; ; run += 1) {
        try {
          return await inTransaction(pool, (client) => runThrough(client, program()), keep);
        } catch (error) {
          if (run === maxRuns || !again.includes(codeOf(error) ?? '')) throw error;
        }
      }
    },
    read: (use, params) => execute(pool, { use, params }),
    close: () => pool.end(),
  };
}

/** Runs on a connection of its own. A connection on which anything failed is not used again. */
export async function inTransaction<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
  keep: (result: T) => boolean = () => true,
): Promise<T> {
  const client = await pool.connect();
  let whole = false;
  try {
    await client.query('begin isolation level read committed');
    const result = await work(client);
    await client.query(keep(result) ? 'commit' : 'rollback');
    whole = true;
    return result;
  } finally {
    // Closing the connection makes the server roll back what was open.
    client.release(!whole);
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
