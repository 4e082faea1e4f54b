import { expect } from 'chai';
import { firmGroups, ids } from './firm.js';
import { completedCard, hour, requestLeaver } from './requests.js';
import { stuckInAGroup } from './stuck-in-a-group.js';
import { inWorld } from './world.js';

const week = 7 * 24 * hour;
describe('[story] what is wished otherwise than planned', function () {
  this.timeout(40_000);

  it(
    'a failed group removal is waived by HR and an approver, not by IT; when the waiver ends it is an exception again',
    inWorld(async (world) => {
      const { hr, it, tenant, until, caseState, advance, evidence } = world;
      const caseId = await stuckInAGroup(world);
      const approver = world.person(ids.managingDirector);
      const colleague = world.person(ids.hannah);

      expect((await it.says(`waive ${caseId} until 18 Dec 2026`)).text).to.include('Please say why');
      expect((await it.says(`waive ${caseId} because it can wait`)).text).to.include('no date that I can read');
      expect((await it.says(`waive ${caseId} until 1 Nov 2026 it can wait`)).text).to.include('has passed already');
      expect((await it.says(`waive ${caseId} until 1 Dec 2028 it can wait`)).text).to.include('365 days at most');
      const card = await it.channel.clicks('Waive', {
        'until-1': '2026-12-18',
        'reason-1': 'Finance closes the year with it',
      });
      expect(card.text).to.match(
        /Waive asked for by Sam Okoro.*Waits for HR and an approver; until then it stays open/,
      );
      const asked = await colleague.sees(/Sam Okoro asks: Accepted as it is/);
      expect(asked.text).to.include('Finance closes the year with it');
      await approver.sees(/Sam Okoro asks: Accepted as it is/);

      // Who asked signs nothing, whatever groups they are in; nor does whoever asked for the case.
      const [part] = (await caseState(caseId)).parts.filter(({ purpose }) => purpose === 'deviation');
      await it.forges('approve', { caseId, partHash: part?.partHash ?? '' });
      await hr.forges('approve', { caseId, partHash: part?.partHash ?? '' });
      expect((await caseState(caseId)).decisions.filter((d) => d.partHash === part?.partHash)).to.deep.equal([]);

      await colleague.clicks('Approve');
      expect((await caseState(caseId)).exceptions.every(({ resolution }) => !resolution)).to.equal(true);
      expect((await approver.says(`approve ${caseId}`)).text).to.match(/HR: Approved by Hannah/);
      await hr.sees(completedCard, 12_000);
      const waived = (await caseState(caseId)).exceptions.find((e) => e.resolution?.as === 'waived');
      expect(waived?.resolution).to.include({ by: ids.managingDirector, note: 'Finance closes the year with it' });
      await colleague.sees(/All have signed; in force since/);
      expect((await hr.sees(/Waived\n/)).text).to.include('Finance closes the year with it');
      expect(await evidence(caseId)).to.include.members(['deviation.asked', 'deviation.granted', 'change.waived']);

      await tenant.dials({ faults: [] });
      await advance(5 * week);
      await it.channel.sees(/It was accepted as it is until Fri 18 Dec 2026 at 17:00 \(London\), signed by Hannah/);
      expect((await tenant.state(ids.alex)).groups.map(({ id }) => id)).to.include(firmGroups.forecastReadWrite);
      await it.channel.clicks('Retry');
      await until(async () => {
        const { groups } = await tenant.state(ids.alex);
        return !groups.some(({ id }) => id === firmGroups.forecastReadWrite);
      }, 'the group is left');
    }),
  );

  it(
    'sign-in is kept until Friday, signed by HR and an approver, and then closes by itself',
    inWorld(async (world) => {
      const { hr, tenant, until, caseState, advance, evidence } = world;
      const caseId = await requestLeaver(hr, 'chloe.bennett@northwind.example on 2026-11-25 17:00');
      const approver = world.person(ids.managingDirector);
      const colleague = world.person(ids.hannah);
      await until(async () => (await caseState(caseId)).parts.length > 0, 'the plan stands');
      expect((await hr.says(`keep ${caseId} desk until 27 Nov 2026 17:00 she likes it`)).text).to.include(
        'sign-in, forwarding, groups, mailbox, licences',
      );
      const shown = await hr.says(
        `keep ${caseId} sign-in until 27 Nov 2026 17:00 because the hand-over call is on Friday`,
      );
      expect(shown.text).to.match(/You ask: Sign-in stays open, until Fri 27 Nov 2026 at 17:00 \(London\)/);
      expect(shown.text).to.include('the hand-over call is on Friday');
      await colleague.sees(/Dana Reyes asks: Sign-in stays open/);
      await colleague.clicks('Approve');
      await approver.sees(/Dana Reyes asks: Sign-in stays open/);
      await approver.clicks('Approve');
      await hr.sees(/All have signed; in force since/);

      await advance(5 * 24 * hour + 9 * hour);
      await until(async () => {
        const { changes } = await caseState(caseId);
        return changes.some((c) => c.stepId === 'groups.leave-groups' && c.status === 'confirmed');
      }, 'the groups are left on Wednesday');
      expect((await tenant.state(ids.chloe)).user.accountEnabled).to.equal(true);
      expect((await caseState(caseId)).record.milestones.accessClosedAt).to.equal(undefined);
      await hr.sees(/Sign-in stays open until Fri 27 Nov 2026 at 17:00 \(London\), signed by Hannah/);

      await advance(2 * 24 * hour);
      await until(async () => !(await tenant.state(ids.chloe)).user.accountEnabled, 'sign-in is closed on Friday');
      await until(
        async () => (await caseState(caseId)).record.milestones.accessClosedAt !== undefined,
        'access is closed',
      );
      expect(await evidence(caseId)).to.include('deviation.ended');
      await hr.sees(/It ended 27 Nov, 18:0\d: what was kept is closed as planned/);
    }),
  );

  it(
    'what nobody signs in time is not granted: access closes as planned',
    inWorld(async (world) => {
      const { hr, tenant, until, caseState, advance } = world;
      const caseId = await requestLeaver(hr, 'chloe.bennett@northwind.example on 2026-11-25 17:00');
      await until(async () => (await caseState(caseId)).parts.length > 0, 'the plan stands');
      await hr.says(`keep ${caseId} sign-in until 27 Nov 2026 the hand-over call is on Friday`);
      await advance(5 * 24 * hour + 9 * hour);
      await until(async () => !(await tenant.state(ids.chloe)).user.accountEnabled, 'sign-in is closed');
      await world.person(ids.hannah).sees(/Nobody signed it in time: it is not granted/);
    }),
  );

  it(
    'a case is on hold until the day that was signed; nothing of it begins before',
    inWorld(async (world) => {
      const { hr, it, tenant, until, caseState, advance } = world;
      const caseId = await requestLeaver(hr, 'chloe.bennett@northwind.example on 2026-11-20 17:00');
      await until(async () => (await caseState(caseId)).parts.length > 0, 'the plan stands');
      await hr.says(`hold ${caseId} until 24 Nov 2026 12:00 the last day is being discussed`);
      const colleague = world.person(ids.hannah);
      await colleague.sees(/Dana Reyes asks: Nothing more begins/);
      await colleague.clicks('Approve');
      const approver = world.person(ids.managingDirector);
      await approver.sees(/Dana Reyes asks: Nothing more begins/);
      await approver.clicks('Approve');
      await hr.sees(/On hold until Tue 24 Nov 2026 at 12:00 \(London\), signed by Hannah/);
      await advance(9 * hour);
      expect((await it.says(`case ${caseId}`)).text).to.include('On hold');
      expect((await tenant.state(ids.chloe)).user.accountEnabled).to.equal(true);
      expect((await caseState(caseId)).parts.every(({ startedAt }) => startedAt === undefined)).to.equal(true);
      await advance(4 * 24 * hour);
      await until(async () => !(await tenant.state(ids.chloe)).user.accountEnabled, 'it goes on by itself');
      expect((await caseState(caseId)).record.heldUntil).to.equal(undefined);
    }),
  );
});
