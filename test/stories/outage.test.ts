import { expect } from 'chai';
import { ids } from './firm.js';
import { completedCard, hour, minute, requestLeaver } from './requests.js';
import { inWorld } from './world.js';

describe('[story] Latchkey was not there', function () {
  this.timeout(40_000);

  it(
    'comes back after a weekend: who was due is closed at once, it says how late, and nothing is left out',
    inWorld(async ({ hr, manager, it, tenant, advance, restart, until, caseState, evidence, houseData, person }) => {
      const friday = await requestLeaver(hr, 'alex.morgan@northwind.example on 2026-11-20 17:00');
      await manager.sees(/Please decide on the hand-over/);
      await manager.clicks('Approve');
      const nextWeek = await requestLeaver(hr, 'Chloe Bennett on 2026-11-25 17:00');
      await advance(7 * hour);
      await restart(() => tenant.advance(66 * hour));

      const told = await hr.sees(completedCard, 15_000);
      expect(told.text).to.match(/65 hours late: access was due 20 Nov, 17:00/);
      expect(told.text).to.match(/Latchkey was not running from Fri 20 Nov, 16:00 to Mon 23 Nov, 10:00/);
      expect((await tenant.state(ids.alex)).user.accountEnabled).to.equal(false);
      expect((await tenant.state(ids.chloe)).user.accountEnabled).to.equal(true);
      expect((await caseState(nextWeek)).parts.every(({ startedAt }) => startedAt === undefined)).to.equal(true);

      const card = await it.channel.sees(/Latchkey was away for 66 hours[\s\S]*all of it has caught up/, 15_000);
      expect(card.text).to.match(/From Fri 20 Nov 2026 at 16:00 to Mon 23 Nov 2026 at 10:00 \(London\)/);
      expect(card.text).to.include(friday).and.not.include(nextWeek);
      expect(card.text).to.match(
        /Access closes: was due Fri 20 Nov, 17:00 \(London\), done Mon 23 Nov, 10:0\d, 65 hours late/,
      );
      const about = it.channel.messages().filter(({ text }) => text.includes('Latchkey was away'));
      expect(about, 'one card, edited in place').to.have.length(1);

      const [outage, ...others] = await houseData('outage.found');
      expect(others).to.deep.equal([]);
      expect(outage).to.have.nested.property('missed[0].caseId', friday);
      const access = (await caseState(friday)).parts.find(({ partId }) => partId === 'access');
      expect(access?.lateThrough).to.deep.equal({ from: outage?.['from'], to: outage?.['to'] });
      expect(await evidence(friday)).to.include('case.completed');
      expect(person(ids.alex).messages()).to.deep.equal([]);
      await until(async () => (await houseData('outage.found')).length === 1, 'one outage');
    }),
  );

  it(
    'says nothing about a short stop, nor about a tenant whose date was moved while it ran',
    inWorld(async ({ hr, it, tenant, advance, restart, caseState, houseData }) => {
      const caseId = await requestLeaver(hr, 'alex.morgan@northwind.example on 2026-11-27 17:00');
      await advance(3 * 24 * hour);
      await restart(() => tenant.advance(10 * minute));
      await restart();
      expect(await houseData('outage.found')).to.deep.equal([]);
      expect(it.channel.everything()).to.not.include('was away');
      expect((await caseState(caseId)).parts.some(({ startedAt }) => startedAt !== undefined)).to.equal(false);
    }),
  );

  it(
    'tells what concerns a colleague in IT to the others one by one, and not in the channel',
    inWorld(async ({ hr, it, person, tenant, restart }) => {
      await requestLeaver(hr, 'Kofi Mensah on 2026-11-20 17:00');
      await it.sees(/Please decide on the hand-over/);
      await restart(() => tenant.advance(30 * hour));
      await person(ids.maya).sees(/Latchkey was away[\s\S]*Kofi Mensah/, 15_000);
      await it.channel.sees(/Latchkey was away/);
      expect(it.channel.everything()).to.not.match(/Kofi|L-101/);
      expect(person(ids.kofi).everything()).to.not.match(/Kofi|L-101|was away/);
    }),
  );
});
