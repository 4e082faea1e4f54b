import { expect } from 'chai';
import { isApproved } from '#domain/part-status';
import { amendCase, type Wish } from '#engine/amend-case';
import { cancelCase } from '#engine/cancel-case';
import { leaverIntents } from '#workflows/leaver-intents';
import { person } from '../simulation/firm.js';
import { hour, minute, type OneCase, oneCase } from './one-case.js';

const amend = async ({ engine, caseId }: OneCase, userId: string, wish: Wish): Promise<string> => {
  const amended = await amendCase(engine, { caseId, userId, wish });
  return amended.kind === 'refused' ? amended.refusal.kind : amended.kind;
};
const date = (at: string): Wish => ({ kind: 'date', at, immediate: false });
const later = (at: string, ms: number) => new Date(Date.parse(at) + ms).toISOString();

describe('[unit] engine/amend-case', function () {
  this.timeout(20_000);

  it('asks anew for a day that was approved before: a decision on a plan that was given up does not come back', async () => {
    const one = await oneCase(['account', 'grant', 'licence']);
    await one.pass(10 * minute);
    expect(await one.decide('manager')).to.equal('decided');
    const first = await one.state();
    const { effectiveAt } = first.record;
    expect(await amend(one, 'hr1', date(later(effectiveAt, hour)))).to.equal('amended');
    await one.pass(10 * minute);
    expect(await amend(one, 'hr2', date(effectiveAt))).to.equal('amended');
    await one.pass(10 * minute);
    const back = await one.state();
    const hashes = (state: typeof back) => state.parts.map(({ partHash }) => partHash).sort();
    expect(back.record.revision).to.equal(3);
    expect(hashes(back), 'the same plan').to.deep.equal(hashes(first));
    const waiting = back.parts.filter((part) => !isApproved(part, back.decisions)).map(({ partId }) => partId);
    expect(waiting).to.deep.equal(['hand-over']);
    expect(back.decisions.filter(({ decidedBy }) => decidedBy === 'hr2')).not.to.have.length(0);
  });

  it('changes nothing where it is so already, for whom it is not to change, nor after it has begun', async () => {
    const one = await oneCase(['account', 'grant', 'licence']);
    await one.pass(minute);
    const { effectiveAt } = (await one.state()).record;
    expect(await amend(one, 'hr1', date(effectiveAt))).to.equal('already');
    for (const [userId, answer] of [
      ['manager', 'not-yours'],
      ['it1', 'not-yours'],
      ['leaver', 'unknown'],
      ['nobody', 'unknown'],
    ] as const)
      expect(await amend(one, userId, date(later(effectiveAt, hour))), userId).to.equal(answer);
    await one.pass(2 * hour + minute);
    expect(await amend(one, 'hr1', date(later(effectiveAt, hour)))).to.be.oneOf(['begun', 'completed']);
    const cancelled = await cancelCase(one.engine, { caseId: one.caseId, userId: 'hr1', reason: 'too late' });
    expect(cancelled.kind).to.equal('refused');
    expect(await one.rows('case.amended')).to.have.length(0);
  });

  it('of two changes before either is planned makes one plan that has both', async () => {
    const one = await oneCase(['account', 'grant', 'licence']);
    await one.pass(minute);
    const { effectiveAt, revision } = (await one.state()).record;
    const delegate = person('hr2');
    await amend(one, 'hr1', { kind: 'hand-over', delegate, intents: leaverIntents });
    await amend(one, 'hr1', date(later(effectiveAt, hour)));
    await one.pass(10 * minute);
    const { record, parts } = await one.state();
    expect(record.revision).to.equal(revision + 1);
    expect(record.delegate?.userId).to.equal('hr2');
    expect(record.amendments?.every(({ plannedAt }) => plannedAt)).to.equal(true);
    expect(new Set(parts.map(({ startsAt }) => startsAt))).to.deep.equal(new Set([later(effectiveAt, hour)]));
  });
});
