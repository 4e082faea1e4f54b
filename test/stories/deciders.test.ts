import { expect } from 'chai';
import { personId } from '#sandbox/firm/ids';
import { ids } from './firm.js';
import { completedCard, hour, minute, requestLeaver } from './requests.js';
import type { Client } from './teams-client.js';
import { inWorld, type World } from './world.js';

const day = 24 * hour;
const alex = 'alex.morgan@northwind.example';
/** Morgan Lee's own manager. */
const boss = personId('21');
const waits = { leaver: { handOver: { dueHours: 24, onSilence: 'wait-and-escalate' } } };
const asked = /Please decide on the hand-over/;

const reminders = (client: Client) => client.messages().filter(({ text }) => text.includes('waits for your decision'));

async function rowsOf({ evidence }: World, caseId: string, type: string): Promise<number> {
  return (await evidence(caseId)).filter((each) => each === type).length;
}

/** Waits until so many rows of the type are there: what they tell of was written in the same commit. */
function untilRows(world: World, caseId: string, type: string, count: number): Promise<void> {
  return world.until(async () => (await rowsOf(world, caseId, type)) === count, `${count} × ${type}`);
}

const accessCloses = ({ until, caseState }: World, caseId: string) =>
  until(async () => (await caseState(caseId)).record.milestones.accessClosedAt !== undefined, 'access is closed');

describe('[story] whoever has to decide is reminded', function () {
  this.timeout(30_000);

  it(
    'at half and three quarters of the time, never on a Sunday',
    inWorld(async (world) => {
      const { hr, manager, advance } = world;
      const caseId = await requestLeaver(hr, `${alex} on 2026-11-24 17:00`);
      await manager.sees(asked);
      await advance(53 * hour);
      await hr.says(`case ${caseId}`);
      expect(reminders(manager), 'on Sunday afternoon').to.deep.equal([]);
      await advance(18 * hour + minute);
      const first = await manager.sees(/waits for your decision/);
      expect(first.text).to.equal(
        `Case ${caseId} waits for your decision until Tue 24 Nov 2026 at 17:00 (London). Type approve ${caseId}, or case ${caseId} to see it.`,
      );
      await untilRows(world, caseId, 'decision.reminded', 1);
      await advance(7 * hour);
      await world.until(() => reminders(manager).length === 2, 'the second reminder');
      await manager.says(`approve ${caseId}`);
      await advance(27 * hour);
      await accessCloses(world, caseId);
      expect([reminders(manager).length, await rowsOf(world, caseId, 'decision.reminded')]).to.deep.equal([2, 2]);
    }),
  );

  it(
    'once where both reminders fall into Christmas, on the first working day after it',
    inWorld(async (world) => {
      const { hr, manager, advance } = world;
      await advance(34 * day);
      const caseId = await requestLeaver(hr, `${alex} on 2026-12-29 17:00`);
      await manager.sees(asked);
      // Monday 28 December is a bank holiday in England: Boxing Day fell on the Saturday.
      await advance(4 * day + 2 * hour);
      await hr.says(`case ${caseId}`);
      expect(reminders(manager), 'on the bank holiday').to.deep.equal([]);
      await advance(21 * hour + minute);
      await untilRows(world, caseId, 'decision.reminded', 1);
      await world.until(() => reminders(manager).length === 1, 'the reminder');
    }),
  );
});

describe('[story] a manager says nothing', function () {
  this.timeout(30_000);

  it(
    'access closes all the same; their own manager and IT leadership are asked when the time is up',
    inWorld(
      async (world) => {
        const { hr, manager, person, it, tenant, advance } = world;
        const caseId = await requestLeaver(hr, `${alex} on today 17:00`);
        await manager.sees(asked);
        await advance(8 * hour + minute);
        await accessCloses(world, caseId);
        await advance(16 * hour);
        await it.channel.sees(/Nobody has decided/);
        const card = await person(boss).sees(/others were asked as well/);
        expect(card.text).to.match(asked);
        await person(ids.priya).sees(/others were asked as well/);
        expect(
          (await tenant.state(ids.alex)).mailbox?.fullAccess.some(({ trustee }) => trustee === ids.morgan),
        ).to.equal(false);
        await person(boss).clicks('Approve');
        await hr.sees(completedCard, 12_000);
        await world.until(
          () =>
            person(ids.priya)
              .messages()
              .every(({ text }) => !text.includes('Your decision')),
          'nobody is asked any more',
        );
      },
      { policy: waits },
    ),
  );

  it(
    'the default is taken where the rules say so, and their own card says that nobody decided',
    inWorld(async (world) => {
      const { hr, manager, advance } = world;
      await requestLeaver(hr, `${alex} on today 17:00`);
      await manager.sees(asked);
      await advance(8 * hour + minute);
      await advance(16 * hour);
      await manager.sees(/Nobody decided by/);
      await hr.sees(completedCard, 12_000);
    }),
  );
});

describe('[story] a decider is not there', function () {
  this.timeout(30_000);

  it(
    'is out of office: their manager is asked in their place, all see it, and they may decide from afar',
    inWorld(async (world) => {
      const { hr, manager, person, tenant } = world;
      await tenant.graph('PATCH', `/users/${ids.morgan}/mailboxSettings`, {
        automaticRepliesSetting: { status: 'alwaysEnabled', externalAudience: 'all', internalReplyMessage: 'Away' },
      });
      const caseId = await requestLeaver(hr, `${alex} on 2026-11-24 17:00`);
      const card = await person(boss).sees(asked);
      expect(card.text).to.include('Morgan Lee is out of office; you were asked in their place');
      await hr.sees(/Morgan Lee is out of office; .+ was asked in their place/);
      await manager.sees(asked);
      await manager.clicks('Approve');
      await person(boss).sees(/Approved by Morgan Lee|starts/);
      expect(await rowsOf(world, caseId, 'decider.passed-over')).to.equal(1);
    }),
  );

  it(
    'is back before the deadline: nobody else is asked',
    inWorld(async (world) => {
      const { hr, manager, tenant, advance } = world;
      await tenant.graph('PATCH', `/users/${ids.morgan}/mailboxSettings`, {
        automaticRepliesSetting: {
          status: 'scheduled',
          scheduledStartDateTime: { dateTime: '2026-11-19T00:00:00.0000000', timeZone: 'UTC' },
          scheduledEndDateTime: { dateTime: '2026-11-23T07:00:00.0000000', timeZone: 'UTC' },
        },
      });
      const caseId = await requestLeaver(hr, `${alex} on 2026-11-24 17:00`);
      await manager.sees(asked);
      await advance(71 * hour + minute);
      await untilRows(world, caseId, 'decision.reminded', 1);
      expect(await rowsOf(world, caseId, 'decider.passed-over')).to.equal(0);
    }),
  );

  it(
    'leaves the firm while the case waits: found before the next reminder, and somebody else decides',
    inWorld(async (world) => {
      const { hr, manager, person, tenant, advance } = world;
      const caseId = await requestLeaver(hr, `${alex} on 2026-11-24 17:00`);
      await manager.sees(asked);
      await tenant.graph('PATCH', `/users/${ids.morgan}`, { accountEnabled: false });
      await advance(71 * hour + minute);
      const card = await person(boss).sees(asked);
      expect(card.text).to.include('Morgan Lee cannot sign in any more');
      expect(reminders(manager)).to.deep.equal([]);
      await person(boss).clicks('Approve');
      await advance(34 * hour);
      const told = await hr.sees(completedCard, 12_000);
      expect(told.text).not.to.include('the deadline');
      expect(await rowsOf(world, caseId, 'decider.passed-over')).to.equal(1);
    }),
  );
});

describe('[story] an approval grows old', function () {
  this.timeout(30_000);

  it(
    'is asked for again when its part would begin; access closes without it',
    inWorld(async (world) => {
      const { hr, manager, tenant, advance } = world;
      const caseId = await requestLeaver(hr, `${alex} on 2027-03-01 17:00`);
      await manager.sees(asked);
      await manager.clicks('Approve');
      await advance(101 * day + 8 * hour + minute);
      await accessCloses(world, caseId);
      await manager.sees(/Your approval of 20 Nov has expired/);
      await hr.sees(/Your approval of 20 Nov has expired/);
      expect((await tenant.state(ids.alex)).user.accountEnabled).to.equal(false);
      await manager.says(`approve ${caseId}`);
      await hr.says(`approve ${caseId}`);
      await hr.sees(completedCard, 12_000);
      expect(await rowsOf(world, caseId, 'approval.expired')).to.equal(2);
    }),
  );
});
