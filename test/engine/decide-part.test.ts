import { expect } from 'chai';
import { decidePart, decisionHash } from '#engine/decide-part';
import { hour, minute, oneCase } from './one-case.js';

const objects = ['account', 'grant', 'mailbox', 'licence'];

describe('[unit] engine/decide-part', () => {
  it('counts a decision once, however often and however close together the clicks come', async () => {
    const one = await oneCase(objects);
    await one.pass(minute);
    const parts = (await one.state()).parts.filter((p) => p.partId === 'hand-over');
    const request = {
      caseId: one.caseId,
      userId: 'manager',
      outcome: 'approved',
      shownHash: decisionHash(parts),
    } as const;
    const answers = await Promise.all([1, 2, 3].map(() => decidePart(one.engine, request)));
    expect(answers.map((a) => a.kind).sort()).to.deep.equal(['already', 'already', 'decided']);
    expect((await one.state()).decisions.filter((d) => d.decidedBy === 'manager')).to.have.length(1);
    expect((await one.rows('part.approved')).filter((row) => row.actor.userId === 'manager')).to.have.length(1);
  });

  it('answers strangers, the subject and a case that does not exist alike', async () => {
    const one = await oneCase(objects);
    await one.pass(minute);
    const shownHash = decisionHash((await one.state()).parts);
    expect(await one.decide('stranger', 'approved', { shownHash })).to.equal('unknown');
    expect(await one.decide('leaver', 'approved', { shownHash })).to.equal('unknown');
    const nowhere = { caseId: 'L-999', userId: 'manager', outcome: 'approved', shownHash } as const;
    expect(await decidePart(one.engine, nowhere)).to.deep.equal({ kind: 'unknown' });
    expect((await one.state()).decisions.map((d) => d.decidedBy)).to.deep.equal(['hr1', 'hr1']);
  });

  it('takes nothing for a plan that was not shown', async () => {
    const one = await oneCase(objects);
    await one.pass(minute);
    expect(await one.decide('manager', 'approved', { shownHash: '0'.repeat(64) })).to.equal('stale');
    expect(await one.decide('manager')).to.equal('decided');
    expect(await one.decide('manager')).to.equal('already');
  });

  it('wants a reason for a rejection', async () => {
    const one = await oneCase(objects);
    await one.pass(minute);
    expect(await one.decide('manager', 'rejected', { reason: '  ' })).to.equal('reason-wanted');
    expect(await one.decide('manager', 'rejected', { reason: 'still needed' })).to.equal('decided');
  });

  it('tells those who may look that it is not theirs, and those of a group that was asked that it is decided', async () => {
    const one = await oneCase(objects, { requester: 'manager' });
    await one.pass(minute);
    expect(await one.decide('it1')).to.equal('not-yours');
    expect(await one.decide('auditor')).to.equal('not-yours');
    expect(await one.decide('hr1')).to.equal('decided');
    expect(await one.decide('hr2')).to.equal('already');
  });

  it('runs nothing that HR has not confirmed, when a manager asks', async () => {
    const one = await oneCase(objects, { requester: 'manager' });
    await one.pass(3 * hour);
    expect(one.tenant.calls.filter((call) => call.op === 'write' && call.id === 'account-0')).to.deep.equal([]);
    expect(await one.decide('hr2')).to.equal('decided');
    await one.pass(5 * minute);
    expect((await one.change('account-0'))?.status).to.equal('confirmed');
  });

  it('wants two people of HR for now, and they are two', async () => {
    const one = await oneCase(objects, { immediate: true });
    await one.pass(5 * minute);
    expect(one.tenant.truth('account-0')).to.equal('on');
    expect(await one.decide('hr1')).to.equal('already');
    expect(await one.decide('hr2')).to.equal('decided');
    await one.pass(5 * minute);
    expect((await one.change('account-0'))?.status).to.equal('confirmed');
  });

  it('wants one where policy says so', async () => {
    const one = await oneCase(objects, { immediate: true, nowNeedsSecondHr: false });
    await one.pass(5 * minute);
    expect((await one.change('account-0'))?.status).to.equal('confirmed');
  });

  it('asks the fallback where there is no manager, or none who can sign in', async () => {
    for (const special of [{ hasManager: false }, { managerEnabled: false }]) {
      const one = await oneCase(objects, special);
      await one.pass(minute);
      expect(await one.decide('fallback')).to.equal('decided');
    }
  });
});
