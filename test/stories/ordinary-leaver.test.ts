import { expect } from 'chai';
import { ids } from './firm.js';
import { inWorld } from './world.js';

const untilSeventeen = 8 * 3_600_000;

describe('[story] an ordinary leaver', function () {
  this.timeout(20_000);

  it(
    'is asked for by HR, decided by the manager, closed at the last minute, and told with proof',
    inWorld(async ({ hr, manager, person, tenant, advance, restart, caseState, evidence }) => {
      const form = await hr.says('leaver alex.morgan@northwind.example on 2026-11-20 17:00');
      expect(form.text).to.match(/Alex Morgan is leaving/);
      await hr.clicks('Submit');
      await hr.sees(/Access ends Fri(day)? 20 Nov/);

      const asked = await manager.sees(/Please decide on the hand-over/);
      expect(asked.text)
        .to.match(/Alex Morgan/)
        .and.to.match(/Case L-101/);
      expect((await manager.clicks('Approve')).text).to.match(/Approved by you/);
      expect((await tenant.state(ids.alex)).user.accountEnabled).to.equal(true);

      await restart();
      await advance(untilSeventeen);
      const completed = await hr.sees(/Completed/, 12_000);
      console.log(completed.text);
      const told = await manager.sees(/Completed/);
      console.log(told.text);
      const leadership = await person(ids.priya).sees(/Completed/);
      console.log(leadership.text);
      const { record } = await caseState('L-101');
      expect(record.milestones).to.have.keys('accessClosedAt', 'handedOverAt', 'completedAt');
      expect(await evidence('L-101')).to.include.members(['case.opened', 'case.completed', 'milestone.access-closed']);
    }),
  );
});
