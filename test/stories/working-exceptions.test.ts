import { expect } from 'chai';
import { ids } from './firm.js';
import { hour } from './requests.js';
import { stuckInAGroup } from './stuck-in-a-group.js';
import { inWorld } from './world.js';

describe('[story] working exceptions', function () {
  this.timeout(40_000);

  it(
    'an exception is given to somebody who may work it, and to nobody else',
    inWorld(async (world) => {
      const { it, hr, caseState, evidence } = world;
      const caseId = await stuckInAGroup(world);
      const priya = world.person(ids.priya);
      const approver = world.person(ids.managingDirector);
      expect((await hr.says(`reassign ${caseId} to Priya Shah`)).text).to.include('not yours to give away');
      expect((await it.says(`reassign ${caseId} to Alex Morgan`)).text).to.include(
        'Nobody works an exception of their own',
      );
      expect((await it.says(`reassign ${caseId} to Morgan Lee`)).text).to.include('Only people in HR, IT');
      expect((await it.says(`reassign ${caseId} to Nobody Here`)).text).to.include('Nobody is called');
      const shown = await it.channel.clicks('Reassign', { 'to-1': ids.priya });
      expect(shown.text).to.include('Owner\nPriya Shah');
      await priya.sees(/Insufficient privileges/);
      expect(await evidence(caseId)).to.include('exception.reassigned');

      // An approver sees nothing of the case before one of its exceptions is theirs.
      expect((await approver.says(`case ${caseId}`)).text).to.include(`There is no case ${caseId} for you`);
      expect((await approver.says('exceptions')).text).to.include('Nothing is open');
      await priya.says(`reassign ${caseId} to approvers`);
      await approver.sees(/Insufficient privileges/);
      expect((await approver.says('exceptions mine')).text).to.match(/Yours \(1\)\n.*\n.*still in|Yours \(1\)/);
      expect((await caseState(caseId)).exceptions[0]?.owner).to.deep.equal({ kind: 'role', role: 'approvers' });
      expect((await world.person(ids.alex).says('exceptions')).text).to.include('Nothing is open');
    }),
  );

  it(
    'what nobody closes in time is put before IT leadership once, and says so',
    inWorld(async (world) => {
      const { it, advance, caseState, evidence, until } = world;
      const caseId = await stuckInAGroup(world);
      const priya = world.person(ids.priya);
      expect((await it.says('exceptions overdue')).text).to.include('Nothing is overdue');
      await advance(4 * hour);
      await priya.sees(/Overdue\nsince Fri 20 Nov, 13:0\d \(London\); put before IT leadership/);
      expect((await it.says('exceptions overdue')).text).to.include(caseId);
      await advance(24 * hour);
      await until(async () => (await caseState(caseId)).exceptions.length > 0, 'the case is looked at');
      const told = (await evidence(caseId)).filter((type) => type === 'exception.overdue');
      expect(told).to.have.length(1);
    }),
  );

  it(
    'a word that the tenant contradicts stands beside what the tenant shows; whoever gave it does not sign the waiver',
    inWorld(async (world) => {
      const { it, advance, caseState, until } = world;
      const caseId = await stuckInAGroup(world);
      await it.channel.clicks('Done by hand', { note: 'I took her out myself' });
      await it.channel.sees(/It is being read back/);
      await advance(121_000);
      const again = await it.channel.sees(
        /By hand, said\nSam Okoro, .*“I took her out myself”. The tenant does not show it/,
      );
      expect(again.text).to.include('reported as done by hand, but the tenant still shows');
      const priya = world.person(ids.priya);
      expect((await priya.says(`waive ${caseId} until 18 Dec 2026 it can wait`)).text).to.include('You ask');
      await until(
        async () => (await caseState(caseId)).parts.some(({ purpose }) => purpose === 'deviation'),
        'the waiver is asked for',
      );
      const [wish] = (await caseState(caseId)).parts.filter(({ purpose }) => purpose === 'deviation');
      const except = wish?.requirements.flatMap(({ of }) => of).flatMap((d) => (d.kind === 'role' ? d.except : []));
      expect(except).to.include.members([ids.sam, ids.priya, ids.alex, ids.dana]);
    }),
  );
});
