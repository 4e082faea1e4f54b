import { expect } from 'chai';
import { hasEnded } from '#domain/change';
import type { DialSettings } from '#sandbox/dials';
import { ids } from './firm.js';
import { requestLeaver } from './requests.js';
import { inWorld, type World } from './world.js';

/** Writes that took and whose answer was lost: of users, of methods and groups, of mailboxes. */
const dropped: DialSettings = {
  faults: [
    { path: '/v1.0/users/', method: 'PATCH', drop: 'after', count: 1 },
    { path: '/v1.0/users/', method: 'DELETE', drop: 'after', count: 2 },
    { path: '/v1.0/groups/', method: 'DELETE', drop: 'after', count: 3 },
    { path: '/v1.0/users/', method: 'POST', drop: 'after', count: 1, skip: 2 },
    { path: '/adminapi/', cmdlet: 'Set-Mailbox', drop: 'after', count: 2 },
    { path: '/adminapi/', cmdlet: 'Add-MailboxPermission', drop: 'after', count: 1 },
    { path: '/adminapi/', cmdlet: 'Remove-DistributionGroupMember', drop: 'before', count: 1 },
  ],
};
const storm: DialSettings = { throttle: { requests: 40, windowMs: 1_000, retryAfterSeconds: 1 } };
const lag: DialSettings = { lagMs: 30_000, exchangeLagMs: 30_000, indexLagMs: 5_000 };

/** Until every change has ended or is an exception that somebody owns; time in the tenant passes meanwhile. */
async function untilSettled(world: World, caseId: string, stepMs: number): Promise<void> {
  const { advance, caseState, until } = world;
  await until(
    async () => {
      await advance(stepMs);
      const { changes, exceptions, parts } = await caseState(caseId);
      return (
        parts.every(({ startedAt }) => startedAt) &&
        changes.every(
          (change) => hasEnded(change) || exceptions.some((e) => e.exceptionId === change.exceptionId && e.owner),
        )
      );
    },
    'every change has ended or has an owner',
    20_000,
  );
}

async function leave(world: World): Promise<string> {
  const { hr, manager } = world;
  const caseId = await requestLeaver(hr, 'alex.morgan@northwind.example on 2026-11-20 08:59');
  await manager.sees(/Please decide on the hand-over/, 20_000);
  await manager.clicks('Approve');
  return caseId;
}

describe('[story] bad weather at Microsoft', function () {
  this.timeout(45_000);
  const weathers = [
    ['answers are lost after the change was made', dropped, 200],
    ['requests are turned away with Retry-After', storm, 0],
    ['replicas lag by half a minute', lag, 5_000],
  ] as const;
  for (const [what, dials, stepMs] of weathers)
    it(
      `when ${what}, a leaver ends complete or with owned exceptions, and nothing is called done that is not`,
      inWorld(async (world) => {
        await world.tenant.dials(dials);
        const caseId = await leave(world);
        await untilSettled(world, caseId, stepMs);
        const { changes, exceptions } = await world.caseState(caseId);
        expect(changes.length).to.be.greaterThan(20);
        expect(exceptions.every(({ owner, dueAt }) => owner && dueAt)).to.equal(true);
        expect((await world.tenant.state(ids.alex)).user.accountEnabled).to.equal(false);
      }),
    );

  it(
    'when Exchange lets Latchkey do nothing at all, access is closed all the same and IT owns what is left',
    inWorld(async (world) => {
      const { tenant, hr, manager, it: sam, caseState, until } = world;
      await tenant.dials({ exchangeRoleTooLow: true });
      const caseId = await leave(world);
      await untilSettled(world, caseId, 2_000);
      const { changes, exceptions, record } = await caseState(caseId);
      expect(exceptions.every(({ owner, resolution }) => owner && !resolution)).to.equal(true);
      expect(record.milestones.accessClosedAt).to.equal(undefined);
      expect(changes.filter(({ status }) => status === 'exception').map(({ stepId }) => stepId)).to.deep.equal(
        Array(3).fill('groups.leave-lists'),
      );
      const { user, licences } = await tenant.state(ids.alex);
      expect([user.accountEnabled, licences.length]).to.deep.equal([false, 1]);
      await tenant.dials({ exchangeRoleTooLow: false });
      for (const { exceptionId } of exceptions) await sam.says(`retry ${caseId} ${exceptionId}`);
      // What could not be read when it was approved was approved by nobody.
      for (const decider of [hr, manager]) await decider.clicks('Approve', {}, await decider.seesButton('Approve'));
      await until(
        async () => (await caseState(caseId)).record.milestones.completedAt !== undefined,
        'completed',
        15_000,
      );
    }),
  );
});
