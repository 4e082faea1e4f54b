import { expect } from 'chai';
import { hasEnded } from '#domain/change';
import type { DialSettings } from '#sandbox/dials';
import { ids } from './firm.js';
import { requestLeaver } from './requests.js';
import { inWorld, type World } from './world.js';

const never = { count: null } as const;

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
const storm: DialSettings = { throttle: { requests: 25, windowMs: 1_000, retryAfterSeconds: 1 } };
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
        console.log(
          changes.map((c) => c.status).join(),
          exceptions.map((e) => [e.title, e.saw]),
        );
        expect((await world.tenant.state(ids.alex)).user.accountEnabled).to.equal(false);
      }),
    );

  it(
    'when Exchange is down for good, access is closed all the same and IT owns what is left',
    inWorld(async (world) => {
      const down = { path: '/InvokeCommand/', cmdlet: 'Set-Mailbox', status: 503, ...never };
      const blocked = { path: '/adminapi/', cmdlet: 'Remove-DistributionGroupMember', status: 503, ...never };
      await world.tenant.dials({ faults: [down, { ...down, path: '/adminapi/' }, blocked] });
      const caseId = await leave(world);
      await untilSettled(world, caseId, 500);
      const { changes, exceptions, record } = await world.caseState(caseId);
      console.log(
        changes.map((c) => c.status).join(),
        exceptions.map((e) => [e.title, e.saw]),
        record.milestones,
      );
      const { user, licences } = await world.tenant.state(ids.alex);
      expect([user.accountEnabled, licences.length]).to.deep.equal([false, 1]);
    }),
  );
});
