import { expect } from 'chai';
import { ids } from './firm.js';
import { completedCard, hour, minute, requestLeaver } from './requests.js';
import { inWorld } from './world.js';

const alex = 'alex.morgan@northwind.example';

describe('[story] the last day is moved', function () {
  this.timeout(20_000);

  it(
    'asks the manager again, who is told what changed, and closes access at the new time',
    inWorld(async ({ hr, manager, tenant, advance, evidence, caseState, until }) => {
      const caseId = await requestLeaver(hr, `${alex} on today 17:00`);
      await manager.clicks('Approve');
      await until(async () => (await caseState(caseId)).decisions.length > 2, 'the manager has approved');
      const old = await caseState(caseId);

      const asked = await hr.says(`reschedule ${caseId} 23 Nov`);
      expect(asked.text).to.include('Fri 20 Nov 2026 at 17:00 (London)');
      expect(asked.text).to.include('Mon 23 Nov 2026 at 17:00 (London)');
      expect(asked.text).to.include('Morgan Lee has approved “Hand-over” as it was and is asked again.');
      expect((await caseState(caseId)).record.effectiveAt, 'before the Confirm').to.equal(old.record.effectiveAt);
      await hr.clicks('Confirm', {}, asked);

      const again = await manager.sees(/Changed since you approved: last day Fri 20 Nov, 17:00 → Mon 23 Nov, 17:00/);
      expect(again.text).to.include('Your decision');
      const plan = await caseState(caseId);
      expect(plan.record.revision).to.equal(2);
      expect(plan.parts.map(({ partHash }) => partHash)).not.to.include.members(old.parts.map((p) => p.partHash));
      await advance(8 * hour + minute);
      expect((await tenant.state(ids.alex)).user.accountEnabled, 'at the old time').to.equal(true);
      await manager.clicks('Approve');
      await advance(72 * hour);
      await hr.sees(completedCard, 12_000);
      expect((await tenant.state(ids.alex)).user.accountEnabled).to.equal(false);
      const types = await evidence(caseId);
      expect(types.indexOf('case.amended')).to.be.greaterThan(types.indexOf('part.approved'));
      expect(types.filter((type) => type === 'plan.made')).to.have.length(2);
    }),
  );

  it(
    'answers a click on the old plan with the new one, and takes it for nothing',
    inWorld(async ({ hr, manager, caseState, until }) => {
      const caseId = await requestLeaver(hr, `${alex} on today 17:00`);
      await manager.seesButton('Approve');
      const hashes = (await caseState(caseId)).parts.filter((p) => p.partId === 'hand-over').map((p) => p.partHash);
      await hr.says(`reschedule ${caseId} 23 Nov 12:30`);
      await hr.says('confirm');
      await until(async () => (await caseState(caseId)).record.revision === 2, 'the plan is made again');
      const answer = await manager.forges('approve', { caseId, partHash: hashes.join(',') });
      expect(answer.text).to.include('Mon 23 Nov 2026 at 12:30 (London)');
      expect((await caseState(caseId)).decisions.map(({ decidedBy }) => decidedBy)).not.to.include(ids.morgan);
    }),
  );

  it(
    'keeps the local hour across a daylight-saving change, in London and in Austin',
    inWorld(async ({ hr, caseState, until }) => {
      const london = await requestLeaver(hr, `${alex} on 2027-03-26 17:00`);
      const austin = await requestLeaver(hr, `Daniel Ortiz on 2027-03-12 17:00`);
      expect((await caseState(london)).record.effectiveAt).to.equal('2027-03-26T17:00:00.000Z');
      expect((await caseState(austin)).record.effectiveAt).to.equal('2027-03-12T23:00:00.000Z');
      await until(async () => (await caseState(london)).record.revision === 1, 'the first is planned');
      await until(async () => (await caseState(austin)).record.revision === 1, 'the second is planned');
      for (const [caseId, day] of [
        [london, '2027-03-29'],
        [austin, '2027-03-15'],
      ] as const) {
        const asked = await hr.says(`reschedule ${caseId} ${day}`);
        expect(asked.text).to.match(/From now on\n.* at 17:00 \((London|Austin)\)/);
        await hr.clicks('Confirm', {}, asked);
        await until(async () => (await caseState(caseId)).record.revision === 2, `${caseId} is planned again`);
      }
      expect((await caseState(london)).record.effectiveAt).to.equal('2027-03-29T16:00:00.000Z');
      expect((await caseState(austin)).record.effectiveAt).to.equal('2027-03-15T22:00:00.000Z');
      expect((await caseState(austin)).parts.map(({ startsAt }) => startsAt)).to.include('2027-03-15T22:00:00.000Z');
    }),
  );

  it(
    'closes at once when the new moment is over, says so before, and is HR’s alone to do',
    inWorld(async ({ hr, manager, it: sam, tenant, until, caseState }) => {
      const caseId = await requestLeaver(hr, `${alex} on 27 Nov 2026 17:00`);
      expect((await manager.says(`reschedule ${caseId} 4 Dec`)).text).to.include('Only HR can change this');
      expect((await sam.says(`reschedule ${caseId} 4 Dec`)).text).to.include('Only HR can change this');
      expect((await hr.says(`reschedule ${caseId} 1 Jan 2020`)).text).to.include('Check the year');
      expect((await hr.says(`reschedule ${caseId} some day`)).text).to.include('no date I can read');
      const asked = await hr.says(`reschedule ${caseId} yesterday`);
      expect(asked.text).to.include('That moment is over: access closes at once when you confirm.');
      await hr.clicks('Confirm', {}, asked);
      await until(async () => !(await tenant.state(ids.alex)).user.accountEnabled, 'access is closed');
      expect((await caseState(caseId)).record.openedLate).to.equal(true);
      const late = await hr.says(`reschedule ${caseId} 4 Dec`);
      expect(late.text).to.include(`Case ${caseId} has begun`);
      expect(late.text).to.match(/giving access back is an undo/);
    }),
  );

  it(
    'moved to now wants a second person in HR',
    inWorld(async ({ hr, person, tenant, until }) => {
      const caseId = await requestLeaver(hr, `${alex} on 27 Nov 2026 17:00`);
      const asked = await hr.says(`reschedule ${caseId} now`);
      expect(asked.text).to.include('Access ends as soon as a second person in HR approves.');
      await hr.clicks('Confirm', {}, asked);
      await person(ids.hannah).sees(/asks to end this access now/);
      expect((await tenant.state(ids.alex)).user.accountEnabled).to.equal(true);
      await person(ids.hannah).clicks('Approve');
      await until(async () => !(await tenant.state(ids.alex)).user.accountEnabled, 'access is closed');
    }),
  );
});

describe('[story] a case is called off', function () {
  this.timeout(20_000);

  it(
    'wants a reason and a Confirm, and everybody who was asked sees who, when and why',
    inWorld(async ({ hr, manager, tenant, advance, evidence, caseState }) => {
      const caseId = await requestLeaver(hr, `${alex} on today 17:00`);
      await manager.seesButton('Approve');
      expect((await hr.says(`cancel ${caseId}`)).text).to.include('Please say why');
      expect((await manager.says(`cancel ${caseId} no`)).text).to.include('Only HR can change this');
      const asked = await hr.says(`cancel ${caseId} Alex stays with us`);
      expect(asked.text).to.include('Alex stays with us');
      expect((await caseState(caseId)).record.cancelled).to.equal(undefined);
      await hr.clicks('Confirm', {}, asked);
      const told = await manager.sees(
        /Cancelled by Dana Reyes, Fri 20 Nov 2026 at 09:\d\d \(London\): Alex stays with us/,
      );
      expect(told.text).not.to.include('Your decision');
      await hr.sees(/Cancelled by Dana Reyes, Fri 20 Nov 2026 at 09:\d\d \(London\): Alex stays with us/);
      await advance(9 * hour);
      expect((await tenant.state(ids.alex)).user.accountEnabled).to.equal(true);
      expect((await hr.clicks('Confirm', {}, asked)).text).to.include('Cancelled');
      expect((await evidence(caseId)).filter((type) => type === 'case.cancelled')).to.have.length(1);
      expect((await hr.says(`reschedule ${caseId} 4 Dec`)).text).to.include('was cancelled');
      const next = await requestLeaver(hr, `${alex} on 27 Nov 2026 17:00`);
      expect(next).not.to.equal(caseId);
    }),
  );

  it(
    'by the button, with Never mind as well; what was an exception is open no more',
    inWorld(async ({ hr, it: sam, person, tenant, advance, caseState, until }) => {
      const caseId = await requestLeaver(hr, `${alex} now`);
      await person(ids.hannah).seesButton('Approve');
      await advance(61 * minute);
      await sam.channel.sees(/Nobody has decided/);
      const asked = await hr.clicks('Cancel case', { reason: 'The wrong Alex' });
      expect(asked.text).to.include('The wrong Alex');
      await hr.clicks('Never mind', {}, asked);
      expect((await caseState(caseId)).record.cancelled).to.equal(undefined);
      await hr.clicks('Confirm', {}, await hr.says(`cancel ${caseId} The wrong Alex`));
      await until(async () => (await caseState(caseId)).record.cancelled !== undefined, 'it is cancelled');
      const { exceptions } = await caseState(caseId);
      expect(exceptions).not.to.have.length(0);
      for (const { resolution } of exceptions) expect(resolution).to.deep.include({ as: 'waived', by: ids.dana });
      await person(ids.hannah).sees(/Cancelled by Dana Reyes/);
      const channel = await sam.channel.sees(/Cancelled by Dana Reyes/);
      expect(channel.text).to.include('is not leaving').and.not.include('goes on by itself');
      expect((await tenant.state(ids.alex)).user.accountEnabled).to.equal(true);
    }),
  );

  it(
    'is refused once it has begun, with what was done; nobody confirms what another was asked',
    inWorld(async ({ hr, person, tenant, advance, until, caseState }) => {
      const caseId = await requestLeaver(hr, `${alex} on today 17:00`);
      const asked = await hr.says(`cancel ${caseId} too late`);
      const data = JSON.stringify(asked.card);
      const actId = /"actId":"([^"]+)"/.exec(data)?.[1] ?? '';
      expect((await person(ids.hannah).forges('confirm', { actId })).text).to.include('nothing to confirm');
      await until(async () => (await caseState(caseId)).record.revision === 1, 'it is planned');
      await advance(8 * hour + minute);
      await until(async () => !(await tenant.state(ids.alex)).user.accountEnabled, 'access is closed');
      const late = await hr.clicks('Confirm', {}, asked);
      expect(late.text).to.match(/has begun|is completed/);
      expect((await caseState(caseId)).record.cancelled).to.equal(undefined);
    }),
  );

  it(
    'and a question that is a day old is not confirmed any more',
    inWorld(async ({ hr, advance, caseState }) => {
      const caseId = await requestLeaver(hr, `${alex} on 27 Nov 2026 17:00`);
      const asked = await hr.says(`cancel ${caseId} a slip`);
      await advance(25 * hour);
      expect((await hr.clicks('Confirm', {}, asked)).text).to.include('more than a day ago');
      expect((await caseState(caseId)).record.cancelled).to.equal(undefined);
    }),
  );
});
