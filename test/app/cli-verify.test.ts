import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteConnection from 'better-sqlite3';
import { expect } from 'chai';
import { openCheckpointSigner } from '#adapters/signing/checkpoint-signer';
import { openSqliteStore } from '#adapters/store/sqlite-store';
import { makeCheckpoint } from '#engine/checkpoint';
import { tenantId } from '#sandbox/firm/ids';
import { cliAgainstSandbox } from './cli-fixture.js';

const now = '2026-11-20T17:00:00.000Z';

describe('[contract] app/cli/verify', () => {
  const fixture = cliAgainstSandbox();
  const { run } = fixture;

  const database = () => join(fixture.folder(), 'latchkey.db');
  const fill = async (): Promise<string> => {
    const store = await openSqliteStore({ path: database() });
    const signer = await openCheckpointSigner({ keyFile: join(fixture.folder(), 'key.pem') });
    for (const chain of ['L-101', 'L-101', 'L-102']) {
      const entry = { chain, type: 'case.noted', at: now, actor: { kind: 'clock' }, data: {} } as const;
      await store.commit({ tenantId, state: [], evidence: [entry], outbox: [] });
    }
    const { text } = await makeCheckpoint({ store, signer, tenantId, now, reason: 'daily' });
    await store.close();
    return text;
  };
  const tamper = (sql: string) => {
    const connection = new SqliteConnection(database());
    connection.prepare(sql).run();
    connection.close();
  };

  it('finds all well, from a path, a URL and the settings', async () => {
    await fill();
    for (const [args, env] of [
      [[database()], {}],
      [[`sqlite:${database()}`], {}],
      [[], { DATABASE_URL: `sqlite:${database()}` }],
    ] as const) {
      const { code, out } = await run(['verify', ...args], env);
      expect(out).to.equal('All holds: 4 rows in 3 chains, 1 checkpoints.');
      expect(code).to.equal(0);
    }
  });

  it('names the first bad row', async () => {
    await fill();
    tamper("update evidence set line = replace(line, 'noted', 'noten') where chain = 'L-101' and seq = 2");
    const { code, out } = await run(['verify', database()]);
    expect(code).to.equal(1);
    expect(out).to.match(/^BAD {2}L-101: .*row 2/);
  });

  it('finds a checkpoint that another key signed, and makes no key to look with', async () => {
    await fill();
    const other = join(fixture.folder(), 'other.pem');
    expect((await run(['verify', database()], { SIGNING_KEY_FILE: other })).out).to.include(
      'Signatures were not checked',
    );
    expect(existsSync(other)).to.equal(false);
    await openCheckpointSigner({ keyFile: other });
    const { code, out } = await run(['verify', database()], { SIGNING_KEY_FILE: other });
    expect(code).to.equal(1);
    expect(out).to.include('our key did not sign it');
  });

  it('finds rows cut off the end by the heads kept outside', async () => {
    const text = await fill();
    const heads = join(fixture.folder(), 'heads.txt');
    writeFileSync(heads, text);
    tamper("delete from evidence where chain = 'house'");
    tamper("delete from evidence where chain = 'L-101' and seq = 2");
    expect((await run(['verify', database()])).code).to.equal(0);
    const { code, out } = await run(['verify', database(), '--heads', heads]);
    expect(code).to.equal(1);
    expect(out).to.include('L-101: row 2 is missing');
  });

  it('does not call a database without this tenant fine', async () => {
    await fill();
    const { code, out } = await run(['verify', database(), '--tenant', '7a1f0000-0000-4000-8000-000000000001']);
    expect(code).to.equal(1);
    expect(out).to.include('There is no evidence');
    expect((await run(['verify', join(fixture.folder(), 'none.db')])).err).to.include('There is no database');
  });
});
