import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import pg from 'pg';
import { openPostgresStore } from '#adapters/store/postgres-store';
import type { Store } from '#engine/ports/store';
import { storeContract } from '../contracts/store.js';
import { aCommit, counter, entry, tenantId, valueAt } from '../contracts/store-fixture.js';

/** A schema of its own on the server that TEST_DATABASE_URL names (see run.sh), and how to be rid of it. */
async function aSchema(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const server = process.env['TEST_DATABASE_URL'];
  if (!server) throw new Error('TEST_DATABASE_URL names no PostgreSQL; run test/postgres/run.sh');
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await query(server, `create schema ${name}`);
  const url = new URL(server);
  url.searchParams.set('options', `-c search_path=${name}`);
  return { url: url.href.replaceAll('+', '%20'), drop: () => query(server, `drop schema ${name} cascade`) };
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

storeContract('PostgreSQL', async () => {
  const { url, drop } = await aSchema();
  const open: Store[] = [];
  const another = async (): Promise<Store> => {
    const store = await openPostgresStore({ url });
    open.push(store);
    return store;
  };
  return {
    store: await another(),
    another,
    reopen: another,
    async close() {
      for (const store of open) await store.close();
      await drop();
    },
  };
});

describe('[unit] adapters/store/postgres-store', () => {
  let url: string;
  let drop: () => Promise<void>;
  beforeEach(async () => {
    ({ url, drop } = await aSchema());
  });
  afterEach(() => drop());

  it('makes its tables once when several instances start together', async () => {
    const stores = await Promise.all([1, 2, 3, 4].map(() => openPostgresStore({ url, connections: 2 })));
    for (const store of stores) await store.probe();
    for (const store of stores) await store.close();
  });

  it('refuses a server that may lose commits, and a schema that a later version wrote', async () => {
    const risky = new URL(url);
    risky.searchParams.set('options', `${risky.searchParams.get('options')} -c synchronous_commit=off`);
    expect(await messageOf(openPostgresStore({ url: risky.href.replaceAll('+', '%20') }))).to.include(
      'synchronous_commit off',
    );
    await (await openPostgresStore({ url })).close();
    await query(url, "update meta set value = 99 where name = 'schema'");
    expect(await messageOf(openPostgresStore({ url }))).to.include('version 99');
  });

  it('goes on after the server cut every connection, with nothing half done', async () => {
    const idle: Error[] = [];
    const store = await openPostgresStore({ url, onIdleError: (error) => idle.push(error) });
    await store.commit(aCommit({ state: [counter('a', 1)] }));
    await query(
      url,
      `select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()`,
    );
    let commits = 0;
    for (let n = 0; n < 20 && commits === 0; n += 1) {
      const done = await store
        .commit(aCommit({ state: [counter('a', 2, 1)], evidence: [entry('L-1', 'x')] }))
        .catch((error: unknown) => String(error));
      if (typeof done === 'object' && done.ok) commits += 1;
    }
    expect(commits).to.equal(1);
    expect(idle.length).to.be.at.most(1);
    expect(await valueAt(store, 'a')).to.equal(2);
    expect(await store.chain(tenantId, 'L-1')).to.have.length(1);
    await store.close();
  });
});

async function messageOf(refused: Promise<unknown>): Promise<string> {
  try {
    await refused;
  } catch (error) {
    return String(error);
  }
  throw new Error('it should have been refused');
}
