import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteConnection from 'better-sqlite3';
import { expect } from 'chai';
import { openSqliteStore } from '#adapters/store/sqlite-store';
import type { Store } from '#engine/ports/store';
import { storeContract } from '../../contracts/store.js';
import { aCommit, counter, entry, tenantId, valueAt } from '../../contracts/store-fixture.js';

function aFolder(): string {
  return mkdtempSync(join(tmpdir(), 'latchkey-store-'));
}

storeContract('a SQLite file', async () => {
  const folder = aFolder();
  const path = join(folder, 'data', 'latchkey.db');
  let store = await openSqliteStore({ path });
  return {
    store,
    another: async () => store,
    oneHolder: true,
    async reopen() {
      await store.close();
      store = await openSqliteStore({ path });
      return store;
    },
    async close() {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
});

describe('[unit] adapters/store/sqlite-store', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = aFolder();
    path = join(folder, 'latchkey.db');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('refuses a second instance on the same file with a sentence, and lets it in afterwards', async () => {
    const first = await openSqliteStore({ path });
    const refused = await messageOf(openSqliteStore({ path }));
    expect(refused).to.include('already running');
    await first.close();
    await (await openSqliteStore({ path })).close();
  });

  it('lets a reader look while the instance runs, and keeps it from writing', async () => {
    const store = await openSqliteStore({ path });
    await store.commit(aCommit({ state: [counter('a', 1)] }));
    const reader = await openSqliteStore({ path, readOnly: true });
    expect(await valueAt(reader, 'a')).to.equal(1);
    await store.commit(aCommit({ state: [counter('a', 2)] }));
    expect(await valueAt(reader, 'a')).to.equal(2);
    const refused = await messageOf(reader.commit(aCommit({ state: [counter('a', 3)] })));
    expect(refused).to.include('readonly');
    await reader.close();
    await store.close();
  });

  it('keeps every file to its own user, in a folder it makes', async () => {
    path = join(folder, 'deep', 'down', 'latchkey.db');
    const store = await openSqliteStore({ path });
    await store.probe();
    for (const suffix of ['', '-wal', '-shm', '.lock']) expect(statSync(path + suffix).mode & 0o777).to.equal(0o600);
    expect(statSync(join(folder, 'deep')).mode & 0o777).to.equal(0o700);
    await store.close();
  });

  it('refuses a file that a later version wrote', async () => {
    await (await openSqliteStore({ path })).close();
    const raw = new SqliteConnection(path);
    raw.prepare("update meta set value = 99 where name = 'schema'").run();
    raw.close();
    for (const readOnly of [false, true]) {
      const refused = await messageOf(openSqliteStore({ path, readOnly }));
      expect(refused).to.include('version 99');
    }
    const again = await messageOf(openSqliteStore({ path }));
    expect(again, 'the lock of the refused one is free').to.include('version 99');
  });

  it('tells a crash test about every transaction that changes something, and only those', async () => {
    const seen: string[] = [];
    const store = await openSqliteStore({ path, onWrite: (n, moment) => seen.push(`${moment} ${n}`) });
    await store.commit(aCommit({ state: [counter('a', 1)] }));
    await store.commit(aCommit({ state: [counter('b', 1), counter('a', 1, 9)] }));
    await store.claimCase(tenantId, 'w1', '2026-11-20T10:00:00.000Z', 1, 1);
    await store.commit(aCommit({ state: [counter('a', 2)] }));
    expect(seen).to.deep.equal(['before 1', 'after 1', 'before 2', 'after 2']);
    await store.close();
  });

  for (const moment of ['before', 'after'] as const) {
    it(`has all of a commit or nothing when the process is killed ${moment} its COMMIT`, async function () {
      this.timeout(20_000);
      const child = spawn(
        process.execPath,
        ['--conditions=source', '--import', 'tsx', '--input-type=module', '-e', killed],
        {
          env: { ...process.env, STORE_PATH: path, STORE_MOMENT: moment },
          stdio: ['ignore', 'inherit', 'inherit'],
        },
      );
      const [, signal] = await once(child, 'exit');
      expect(signal).to.equal('SIGKILL');
      const store = await openSqliteStore({ path });
      const both = moment === 'after';
      expect(await valueAt(store, 'a')).to.equal(both ? 2 : 1);
      expect(await store.chain(tenantId, 'L-1')).to.have.length(both ? 2 : 1);
      expect(await store.takeOutbox(tenantId, 1, 1, 9)).to.have.length(both ? 1 : 0);
      await store.commit(aCommit({ evidence: [entry('L-1', 'after')] }));
      await store.close();
      const raw = new SqliteConnection(path, { readonly: true });
      expect(raw.pragma('integrity_check', { simple: true })).to.equal('ok');
      raw.close();
    });
  }

  it('waits for the disk at every commit, on the first open and on every later one', async () => {
    for (const open of ['first', 'second']) {
      const seen = new Set<SqliteConnection.Database>();
      const { pragma } = SqliteConnection.prototype;
      SqliteConnection.prototype.pragma = function (...args) {
        seen.add(this);
        return pragma.apply(this, args);
      };
      let store: Store;
      try {
        store = await openSqliteStore({ path });
      } finally {
        SqliteConnection.prototype.pragma = pragma;
      }
      const settings = [...seen].map((raw) => [raw.pragma('journal_mode'), raw.pragma('synchronous')]);
      expect(settings, `${open} open`).to.deep.equal([[[{ journal_mode: 'wal' }], [{ synchronous: 2 }]]]);
      await store.close();
    }
  });
});

/** What the refused promise says. */
async function messageOf(refused: Promise<unknown>): Promise<string> {
  try {
    await refused;
  } catch (error) {
    return String(error);
  }
  throw new Error('it should have been refused');
}

/** Kills itself at its second write. */
const killed = `
  import { openSqliteStore } from '#adapters/store/sqlite-store';
  const store = await openSqliteStore({
    path: process.env.STORE_PATH,
    onWrite: (n, moment) => { if (n === 2 && moment === process.env.STORE_MOMENT) process.kill(process.pid, 'SIGKILL'); },
  });
  const tenantId = '${tenantId}';
  const evidence = [{ chain: 'L-1', type: 'case.noted', at: '2026-11-20T10:00:00.000Z', actor: { kind: 'clock' }, data: {} }];
  const state = (value) => [{ collection: 'counter', key: 'a', body: { value } }];
  await store.commit({ tenantId, state: state(1), evidence, outbox: [] });
  await store.commit({ tenantId, state: state(2), evidence, outbox: [{ key: 'm', audience: 'person/p1', kind: 'case' }] });
`;
