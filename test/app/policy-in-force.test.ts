import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openSqliteStore } from '#adapters/store/sqlite-store';
import { OperatorError } from '#app/operator-error';
import { openPolicyInForce } from '#app/policy-in-force';
import type { Store } from '#engine/ports/store';
import { tenantId } from '#sandbox/firm/ids';
import { cliAgainstSandbox } from './cli-fixture.js';

const ours = readFileSync('config/policy.yaml', 'utf8');
const longer = ours.replace('delegateDays: 30', 'delegateDays: 60');

describe('[unit] app/policy-in-force', () => {
  const cli = cliAgainstSandbox();
  let store: Store;
  const file = () => join(cli.folder(), 'policy.yaml');
  const database = () => join(cli.folder(), 'latchkey.db');
  const open = (observe = false) =>
    openPolicyInForce({
      store,
      tenantId,
      file: file(),
      sandbox: true,
      observe,
      tenantNow: () => '2026-11-20T09:00:00.000Z',
    });
  const rows = async () =>
    (await store.chain(tenantId, 'house')).map(({ line }) => (JSON.parse(line) as { type: string }).type);

  beforeEach(async () => {
    writeFileSync(file(), ours);
    store = await openSqliteStore({ path: database() });
  });
  afterEach(() => store.close());

  it('takes the file at the first start, and no other text afterwards', async () => {
    expect((await open()).policy.leaver.delegateDays).to.equal(30);
    writeFileSync(file(), longer);
    expect((await open()).policy.leaver.delegateDays).to.equal(30);
    expect(await rows()).to.deep.equal(['policy.adopted']);
  });

  it('goes on with the rules in force when the file is broken, and refuses a first start with it', async () => {
    await open();
    writeFileSync(file(), 'people: 7');
    expect((await open()).policy.leaver.delegateDays).to.equal(30);
    const inForce = await store.get(tenantId, 'policyVersion', 'in-force');
    await store.commit({
      tenantId,
      state: [
        { collection: 'policyVersion', key: 'in-force', ...(inForce ? { expect: inForce.version } : {}), body: null },
      ],
      evidence: [],
      outbox: [],
    });
    const refused: unknown = await open().then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refused).to.be.instanceOf(OperatorError);
  });

  it('takes the file where this version cannot read what was signed, says so in the evidence and tells IT', async () => {
    const body = { hash: 'f'.repeat(64), text: 'people: {}', seenAt: '2026-01-01T00:00:00.000Z' };
    await store.commit({
      tenantId,
      state: [{ collection: 'policyVersion', key: 'in-force', body }],
      evidence: [],
      outbox: [],
    });
    writeFileSync(file(), longer);
    expect((await open()).policy.leaver.delegateDays).to.equal(60);
    expect(await rows()).to.deep.equal(['policy.adopted-on-upgrade']);
    const [told] = await store.takeOutbox(tenantId, Date.now(), 1000, 5);
    expect(told).to.include({ audience: 'role/it', kind: 'policy' });
  });

  it('follows what another instance signed', async () => {
    const rules = await open();
    const inForce = await store.get(tenantId, 'policyVersion', 'in-force');
    if (!inForce) throw new Error('nothing is in force');
    const body = { ...inForce.body, text: longer };
    await store.commit({
      tenantId,
      state: [{ collection: 'policyVersion', key: 'in-force', body }],
      evidence: [],
      outbox: [],
    });
    expect(rules.policy.leaver.delegateDays).to.equal(30);
    await rules.refresh();
    expect(rules.policy.leaver.delegateDays).to.equal(60);
  });

  it('counts as it is while Latchkey only observes, and nothing is kept', async () => {
    writeFileSync(file(), longer);
    expect((await open(true)).policy.leaver.delegateDays).to.equal(60);
    expect(await rows()).to.deep.equal([]);
  });

  it('latchkey policy diff says what waits to be signed', async () => {
    const env = () => ({ DATABASE_URL: `sqlite:${database()}`, POLICY_FILE: file() });
    expect((await cli.run(['policy', 'diff'], env())).err).to.match(/No rules are in force yet/);
    await open();
    expect(await cli.run(['policy', 'diff'], env())).to.include({ code: 0 });
    writeFileSync(file(), longer);
    const ran = await cli.run(['policy', 'diff'], env());
    expect(ran.code).to.equal(1);
    expect(ran.out).to.include('leaver.delegateDays: 30 → 60');
    expect((await cli.run(['policy'], env())).out).to.match(/can be used/);
  });
});
