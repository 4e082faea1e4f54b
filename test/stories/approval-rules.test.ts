import { expect } from 'chai';
import { ids } from './firm.js';
import { completedCard, requestLeaver } from './requests.js';
import { inWorld } from './world.js';

const rule = {
  id: 'approvers-sign-mailboxes',
  when: { kinds: ['leaver'], parts: ['hand-over'], sites: ['London'] },
  ask: [{ role: 'approvers' }],
  need: 'one',
  stage: 2,
  dueHours: 8,
  onSilence: 'wait-and-escalate',
};
const chloe = 'chloe.bennett@northwind.example on 2026-11-20 08:59';

describe('[story] a decision that the firm wants beside the usual ones', function () {
  this.timeout(20_000);

  it(
    'is asked for when the stage before it has agreed, and the hand-over waits for both; closing access waits for neither',
    inWorld(
      async ({ hr, manager, person, caseState, until }) => {
        const approver = person(ids.managingDirector);
        const caseId = await requestLeaver(hr, chloe);
        const asked = await manager.sees(/Please decide on the hand-over/);
        const closed = async () => (await caseState(caseId)).record.milestones.accessClosedAt !== undefined;
        await until(closed, 'access is closed');
        expect(approver.messages()).to.deep.equal([]);
        await manager.clicks('Approve', {}, asked);
        const signs = await approver.sees(/Please decide on the hand-over/);
        expect(signs.text).to.include(`Case ${caseId}`).and.include('Mailbox opens for Morgan Lee');
        const handOver = async () => (await caseState(caseId)).parts.find(({ partId }) => partId === 'hand-over');
        expect((await handOver())?.startedAt).to.equal(undefined);
        await approver.clicks('Approve', {}, signs);
        await hr.sees(completedCard, 12_000);
        const { decisions } = await caseState(caseId);
        const second = decisions.find(({ requirementId }) => requirementId === 'rule:approvers-sign-mailboxes');
        expect(second).to.include({ decidedBy: ids.managingDirector, outcome: 'approved' });
        expect(second?.right).to.match(/^member of Latchkey Approvers/);
      },
      { policy: { decisions: { rules: [rule] } } },
    ),
  );

  it(
    'ends the hand-over where it is refused, and nothing else',
    inWorld(
      async ({ hr, manager, person, tenant }) => {
        await requestLeaver(hr, chloe);
        await manager.sees(/Please decide on the hand-over/);
        await manager.clicks('Approve');
        const approver = person(ids.managingDirector);
        await approver.sees(/Please decide on the hand-over/);
        await approver.clicks('Reject', { reason: 'the mailbox holds a dispute' });
        const told = await hr.sees(/read back[\s\S]*the mailbox holds a dispute/, 12_000);
        expect(told.text).to.include('has left');
        const { mailbox, user } = await tenant.state(ids.chloe);
        expect(user.accountEnabled).to.equal(false);
        expect(mailbox?.fullAccess.map(({ trustee }) => trustee)).to.not.include(ids.morgan);
      },
      { policy: { decisions: { rules: [rule] } } },
    ),
  );
});
