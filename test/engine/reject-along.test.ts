import { expect } from 'chai';
import { isRejected } from '#domain/part-status';
import { simRules } from '../simulation/firm.js';
import { hour, type OneCase, oneCase } from './one-case.js';

async function rejectedHandOver(onReject: 'part' | 'case'): Promise<OneCase> {
  const decisions = { ...simRules.decisions, onReject };
  const one = await oneCase(['account', 'grant', 'mailbox'], { policy: { decisions } });
  await one.pass(60_000);
  expect(await one.decide('manager', 'rejected')).to.equal('decided');
  await one.pass(hour / 2);
  return one;
}

const rejectedParts = async (one: OneCase) => {
  const { parts, decisions } = await one.state();
  return parts.filter((part) => isRejected(part, decisions)).map((part) => part.partId);
};

describe('[unit] a rejected part', () => {
  it('leaves the others alone', async () => {
    const one = await rejectedHandOver('part');
    expect(await rejectedParts(one)).to.deep.equal(['hand-over']);
  });

  it('ends what has not begun where the policy says so, and never the closing of access', async () => {
    const one = await rejectedHandOver('case');
    expect(await rejectedParts(one)).to.have.members(['hand-over', 'closing']);
    await one.pass(3 * hour);
    const { record, changes } = await one.state();
    expect(changes.find((c) => c.stepId.includes('account'))?.status).to.equal('confirmed');
    expect(record.milestones).to.include.keys('accessClosedAt', 'completedAt');
    expect((await one.rows('part.rejected')).at(-1)?.actor).to.deep.equal({ kind: 'clock' });
  });
});
