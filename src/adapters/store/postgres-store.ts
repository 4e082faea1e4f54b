import pg from 'pg';
import { storeOn } from '#adapters/store/database-store';
import { postgresDialect } from '#adapters/store/dialect';
import { inTransaction, postgresDatabase } from '#adapters/store/postgres-database';
import { metaTable, schema, schemaVersion } from '#adapters/store/schema';
import type { Store } from '#engine/ports/store';

export interface PostgresOptions {
  /** `postgres://…`, the writer's endpoint. */
  readonly url: string;
  /** Connections held at most; 8 when not said. */
  readonly connections?: number;
  /** Told when a connection that nobody was using broke. Nothing is lost by it: the next call opens another. */
  readonly onIdleError?: (error: Error) => void;
}

/** Any number that only Latchkey's set-up uses: instances that start together make the tables one after the other. */
const setUpLock = 7_220_141;

const int8 = 20;

/** Opens the store on PostgreSQL. Throws a sentence when the server is read-only, would lose commits, or has a later schema. */
export async function openPostgresStore({ url, connections = 8, onIdleError }: PostgresOptions): Promise<Store> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    // Versions, epochs and milliseconds all fit a double; pg would hand them out as text.
    types: { getTypeParser: (oid, format) => (oid === int8 ? Number : pg.types.getTypeParser(oid, format)) },
  });
  pool.on('error', (error) => onIdleError?.(error));
  try {
    await checkDurability(pool);
    await prepareSchema(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return storeOn(postgresDatabase(pool));
}

async function checkDurability(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ commit: string; fsync: string; standby: boolean }>(
    `select current_setting('synchronous_commit') as commit, current_setting('fsync') as fsync, pg_is_in_recovery() as standby`,
  );
  const found = rows[0];
  if (found === undefined || found.standby) throw new Error('This PostgreSQL is a standby; Latchkey needs the writer.');
  if (found.commit === 'off' || found.fsync === 'off') {
    throw new Error(
      `This PostgreSQL may lose acknowledged commits (synchronous_commit ${found.commit}, fsync ${found.fsync}); Latchkey needs both on.`,
    );
  }
}

async function prepareSchema(pool: pg.Pool): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [setUpLock]);
    await client.query(metaTable(postgresDialect));
    const { rows } = await client.query<{ value: number }>("select value from meta where name = 'schema'");
    const version = rows[0]?.value;
    if (version === undefined) {
      for (const text of schema(postgresDialect)) await client.query(text);
      await client.query("insert into meta (name, value) values ('schema', $1)", [schemaVersion]);
    } else if (version !== schemaVersion) {
      throw new Error(
        `The database has version ${version}; this Latchkey reads version ${schemaVersion}. Use the Latchkey that wrote it.`,
      );
    }
  });
}
