import { expect } from 'chai';
import { verifyEvidence } from '#engine/verify-evidence';
import { hour, minute, object, oneCase } from './one-case.js';

const objects = ['account', 'group', 'grant', 'mailbox', 'licence'];

describe('[unit] engine/settle-case', () => {
  it('times access closed and handed over at their last proof, each once, and then completes', async () => {
    const one = await oneCase(objects);
    await one.pass(minute);
    await one.decide('manager');
    await one.pass(2 * hour + 10 * minute);
    const { record, changes } = await one.state();
    const access = changes.filter((c) => c.partId === 'access').map((c) => c.endedAt ?? '');
    expect(record.milestones.accessClosedAt).to.equal(access.sort().at(-1));
    expect(record.milestones.handedOverAt).to.equal((await one.change('grant-2'))?.endedAt);
    for (const type of ['milestone.access-closed', 'milestone.handed-over', 'case.completed'])
      expect(await one.rows(type), type).to.have.length(1);
    expect(record.milestones.completedAt).to.be.a('string');
  });

  it('does not call access closed while something about it is open, nor the case complete', async () => {
    const one = await oneCase(objects);
    object(one, 'group-1').refusal = 'refused';
    await one.pass(2 * hour + 10 * minute);
    const { record } = await one.state();
    expect(record.milestones.accessClosedAt).to.equal(undefined);
    expect(record.milestones.completedAt).to.equal(undefined);
    expect(await one.rows('case.completed')).to.have.length(0);
  });

  it('says completion once to each who follows it, frees the person for another case, and signs', async () => {
    const one = await oneCase(objects);
    await one.pass(2 * hour + 10 * minute);
    const said = one.world.said.filter((message) => message.kind === 'completed').map((message) => message.audience);
    expect(said.sort()).to.deep.equal(['person/hr1', 'person/manager', 'role/itLeadership']);
    const { store, signer } = one.world;
    expect(await store.get('unit', 'openCase', 'leaver/leaver')).to.equal(undefined);
    const report = await verifyEvidence({ store, tenantId: 'unit', verifier: signer });
    expect(report).to.deep.include({ ok: true, checkpoints: 1 });
  });

  it('records a case whose every change is so already, asks nobody, and sends nothing', async () => {
    const one = await oneCase(objects.map((kind) => `${kind}:off`));
    await one.pass(2 * hour + 10 * minute);
    const { record, decisions, changes } = await one.state();
    expect(record.milestones.completedAt).to.be.a('string');
    expect(decisions).to.deep.equal([]);
    expect(changes.every((c) => c.status === 'not-needed' && c.observation !== undefined)).to.equal(true);
    expect(one.tenant.calls.filter((call) => call.op === 'write')).to.deep.equal([]);
  });
});
