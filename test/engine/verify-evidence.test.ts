import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteConnection from 'better-sqlite3';
import { expect } from 'chai';
import { openCheckpointSigner } from '#adapters/signing/checkpoint-signer';
import { openSqliteStore } from '#adapters/store/sqlite-store';
import { openVault } from '#adapters/vault/vault';
import { headsHash } from '#domain/evidence-heads';
import { makeCheckpoint } from '#engine/checkpoint';
import type { CheckpointSigner, CheckpointVerifier } from '#engine/ports/checkpoint-signer';
import type { Store } from '#engine/ports/store';
import { verifyEvidence } from '#engine/verify-evidence';

const tenantId = '7a1f0000-0000-4000-8000-000000000001';
const now = '2026-11-20T17:00:00.000Z';

describe('[unit] engine/checkpoint and engine/verify-evidence', () => {
  let folder: string;
  let path: string;
  let store: Store;
  let signer: CheckpointSigner & CheckpointVerifier;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-evidence-'));
    path = join(folder, 'latchkey.db');
    store = await openSqliteStore({ path });
    signer = await openCheckpointSigner({ keyFile: join(folder, 'key.pem') });
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const add = async (chain: string, count = 1) => {
    for (let n = 0; n < count; n += 1) {
      const entry = { chain, type: 'case.noted', at: now, actor: { kind: 'clock' }, data: { n } } as const;
      expect((await store.commit({ tenantId, state: [], evidence: [entry], outbox: [] })).ok).to.equal(true);
    }
  };
  const checkpoint = (reason = 'daily') => makeCheckpoint({ store, signer, tenantId, now, reason });
  const verify = (witness?: string) =>
    verifyEvidence({ store, tenantId, verifier: signer, ...(witness !== undefined && { witness }) });
  const tamper = (sql: string) => {
    const raw = new SqliteConnection(path);
    try {
      expect(raw.prepare(sql).run().changes).to.be.greaterThan(0);
    } finally {
      raw.close();
    }
  };

  it('puts hash, count, predecessor and signature of heads.txt into the house chain', async () => {
    await add('L-2', 2);
    await add('L-10');
    const first = await checkpoint();
    const heads = await store.heads(tenantId);
    const line = (chain: string) => {
      const head = heads.find((one) => one.chain === chain);
      return `${chain} ${head?.seq} ${head?.hash}\n`;
    };
    expect(first.text).to.equal(`${line('L-10')}${line('L-2')}`);
    expect(first.hash).to.equal(headsHash(first.text));
    expect(signer.verify(first.text, first.signature)).to.equal(true);
    const second = await checkpoint('case L-2 completed');
    expect(second.text).to.equal(
      `${line('L-10')}${line('L-2')}house 1 ${(await store.chain(tenantId, 'house'))[0]?.hash}\n`,
    );
    const rows = (await store.chain(tenantId, 'house')).map((row) => JSON.parse(row.line));
    expect(rows[0]).to.deep.include({ type: 'checkpoint.made', at: now, case: 'house' });
    expect(rows[0].data).to.include({ heads: first.hash, count: 2, previous: null, reason: 'daily' });
    expect(rows[1].data).to.include({ heads: second.hash, count: 3, previous: first.hash });
    expect(rows[1].data.moved, 'only what is new').to.have.length(1);
    expect(await verify(second.text)).to.deep.equal({ ok: true, chains: 3, rows: 5, checkpoints: 2, problems: [] });
  });

  it('can be followed with sha256sum alone', async function () {
    const { text, hash } = await checkpointed();
    if (process.platform !== 'linux') {
      expect(hash).to.equal(headsHash(text));
      return;
    }
    this.timeout(20_000);
    const sum = (input: string) => execFileSync('sha256sum', { input, encoding: 'utf8' }).slice(0, 64);
    expect(sum(text)).to.equal(hash);
    for (const { line, hash: stated } of await store.chain(tenantId, 'L-1')) expect(sum(`${line}\n`)).to.equal(stated);
  });

  it('makes two, one on top of the other, when two are asked for at once', async () => {
    await add('L-1', 3);
    await Promise.all([checkpoint('one'), checkpoint('two'), add('L-1', 3), checkpoint('three')]);
    expect(await verify()).to.deep.include({ ok: true, checkpoints: 3 });
  });

  it('finds nothing wrong in a database without evidence', async () => {
    expect(await verify()).to.deep.equal({ ok: true, chains: 0, rows: 0, checkpoints: 0, problems: [] });
  });

  for (const [what, sql, sentence] of [
    [
      'an altered row',
      `update evidence set line = replace(line, '"n":1', '"n":7') where chain = 'L-1' and seq = 2`,
      'L-1: row 2 was altered',
    ],
    ['a deleted row', `delete from evidence where chain = 'L-1' and seq = 2`, 'L-1: row 2 is missing'],
    [
      'a tail cut off',
      `delete from evidence where chain = 'L-1' and seq > 2`,
      'L-1: row 3 is missing, though the checkpoint in house row 1',
    ],
    [
      'a case deleted whole',
      `delete from evidence where chain = 'L-1'`,
      'L-1: row 1 is missing, though the checkpoint',
    ],
    [
      'a row moved to another case',
      `update evidence set chain = 'L-3' where chain = 'L-2' and seq = 1`,
      'L-2: row 1 is missing',
    ],
    [
      'an altered checkpoint',
      `update evidence set line = replace(line, 'daily', 'dairy') where chain = 'house'`,
      'house: row 1 was altered',
    ],
    [
      'an unreadable checkpoint',
      `update evidence set line = '"checkpoint.made"' where chain = 'house'`,
      'house: row 1 was altered',
    ],
  ] as const) {
    it(`names the first bad row: ${what}`, async () => {
      await checkpointed();
      tamper(sql);
      const report = await verify();
      expect(report.ok).to.equal(false);
      expect(report.problems[0]?.sentence).to.include(sentence);
    });
  }

  const zeros = '0'.repeat(64);
  for (const [what, data, sentence] of [
    ['names heads that do not give its hash', { heads: zeros }, 'do not give its hash'],
    ['counts wrong', { count: 3 }, 'it does not name 3 chains'],
    ['names no predecessor', { previous: null }, 'does not follow the checkpoint before it'],
    ['is signed for something else', { signature: 'none' }, 'our key did not sign it'],
    ['has no data', undefined, 'house row 2 is no checkpoint'],
    ['names no head', { moved: ['L-1'] }, 'house row 2 names a head that cannot be read: L-1'],
  ] as const) {
    it(`does not take a row for a checkpoint that ${what}`, async () => {
      await add('L-1');
      const { hash } = await checkpoint();
      const [first] = await store.chain(tenantId, 'house');
      const text = `L-1 1 ${(await store.chain(tenantId, 'L-1'))[0]?.hash}\nhouse 1 ${first?.hash}\n`;
      const good = {
        reason: 'made here',
        heads: headsHash(text),
        count: 2,
        moved: [`house 1 ${first?.hash}`],
        previous: hash,
        signature: await signer.sign(text),
      };
      const bad = data === undefined ? {} : { ...good, ...data };
      const entry = { chain: 'house', type: 'checkpoint.made', at: now, actor: { kind: 'clock' }, data: bad } as const;
      await store.commit({ tenantId, state: [], evidence: [entry], outbox: [] });
      const report = await verify();
      expect(report.problems.map(({ chain }) => chain)).to.deep.equal(['house']);
      expect(report.problems[0]?.sentence).to.include(sentence);
    });
  }

  it('names every chain that is bad', async () => {
    await checkpointed();
    tamper('delete from evidence where seq = 2');
    expect((await verify()).problems.map(({ chain, seq }) => `${chain} ${seq}`)).to.deep.equal(['L-1 2', 'L-2 2']);
  });

  it('does not notice a backup restored as a whole without something kept outside, and does with it', async () => {
    await add('L-1');
    await checkpoint();
    const backup = join(folder, 'backup.db');
    tamperBy((raw) => raw.prepare('vacuum into ?').run(backup));
    await add('L-1');
    const { text } = await checkpoint();
    await store.close();
    store = await openSqliteStore({ path: backup });
    expect((await verify()).ok).to.equal(true);
    const report = await verify(text);
    expect(report.problems.map(({ chain }) => chain)).to.deep.equal(['L-1']);
    expect(report.problems[0]?.sentence).to.include('row 2 is missing, though the heads kept outside saw row 2');
  });

  it('says so when what was kept outside cannot be read', async () => {
    await checkpointed();
    const refused = await verify('L-1 one\n').catch((error: unknown) => String(error));
    expect(refused).to.include('line 1 of the heads');
  });

  it('stays whole when a person is erased', async () => {
    const vault = openVault({ store, kek: Buffer.alloc(32, 1) });
    const personal = await vault.seal(tenantId, 'L-1', 'p1', { displayName: 'Alex Morgan' });
    const entry = { chain: 'L-1', type: 'case.opened', at: now, actor: { kind: 'clock' }, data: {}, personal } as const;
    await store.commit({ tenantId, state: [], evidence: [entry], outbox: [] });
    await checkpoint();
    await vault.erase(tenantId, 'L-1', 'p1');
    expect(await verify()).to.deep.include({ ok: true, rows: 2 });
    const [row] = await store.chain(tenantId, 'L-1');
    expect(JSON.parse(row?.line ?? '').personal).to.equal(personal.commitment);
    expect(await vault.open(tenantId, 'L-1', 'p1', { commitment: personal.commitment, box: row?.box ?? '' })).to.equal(
      undefined,
    );
  });

  async function checkpointed() {
    await add('L-1', 4);
    await add('L-2', 2);
    return checkpoint();
  }

  function tamperBy(change: (raw: SqliteConnection.Database) => void): void {
    const raw = new SqliteConnection(path);
    change(raw);
    raw.close();
  }
});
