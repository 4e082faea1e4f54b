import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { ids } from './firm.js';
import { hour, minute, requestLeaver } from './requests.js';
import { inWorld } from './world.js';

const list = /Who leaves today/;

describe('[story] the list of the morning', function () {
  this.timeout(30_000);

  it(
    'tells IT’s channel who leaves that day and how to do it by hand, once, and nothing on a day on which nobody leaves',
    inWorld(async ({ hr, it, advance, restart }) => {
      const first = await requestLeaver(hr, 'alex.morgan@northwind.example on 2026-11-24 17:00');
      const austin = await requestLeaver(hr, 'Rosa Delgado on 2026-11-24 17:00');
      const later = await requestLeaver(hr, 'Chloe Bennett on 2026-11-25 17:00');
      await advance(3 * 24 * hour);
      await restart();
      await advance(22 * hour + 20 * minute);
      await restart();
      await wait(300);
      expect(it.channel.everything(), 'Monday, and Tuesday at 07:20').to.not.match(list);

      await advance(12 * minute);
      await restart();
      const told = await it.channel.sees(list);
      expect(told.text).to.include('Tue 24 Nov 2026').and.include('2 leavers').and.not.include(later);
      expect(told.text).to.match(/Alex Morgan\naccess ends Tue 24 Nov, 17:00 \(London\)/);
      expect(told.text).to.match(/Rosa Delgado\naccess ends Tue 24 Nov, 17:00 \(Austin\)/);
      expect(told.text).to.include(first).and.include(austin);
      const steps = ['take the tick from Account enabled', 'Convert to shared mailbox', 'take all away'];
      const places = steps.map((step) => told.text.indexOf(step));
      expect(places, 'the steps in their order').to.deep.equal([...places].sort((a, b) => a - b));
      expect(places).to.not.include(-1);
      expect(told.text).to.not.include('was not running');

      await advance(hour);
      const added = await requestLeaver(hr, 'Imran Khan on 2026-11-24 18:00');
      await restart();
      const edited = await it.channel.sees(/3 leavers/);
      expect(edited.text).to.include('Tue 24 Nov 2026').and.include(added).and.include(first);
      expect(it.channel.messages().filter(({ text }) => list.test(text))).to.have.length(1);
    }),
  );

  it(
    'comes late rather than not at all, and says so; whoever should have left before stands apart',
    inWorld(async ({ hr, it, restart, tenant }) => {
      await tenant.dials({ faults: [{ path: '/v1.0/users', method: 'PATCH', status: 403, count: null }] });
      await requestLeaver(hr, 'Chloe Bennett on 2026-11-20 08:59');
      const today = await requestLeaver(hr, 'alex.morgan@northwind.example on 2026-11-21 17:00');
      await it.channel.sees(/Sign-in is blocked/, 10_000);
      await restart(() => tenant.advance(24 * hour + 10 * minute));
      const told = await it.channel.sees(list);
      expect(told.text).to.include('Sat 21 Nov 2026').and.include(today);
      expect(told.text).to.match(/Sent at 09:1\d \(London\): Latchkey was not running at 07:30/);
      expect(told.text).to.match(/From earlier days, and not proved closed\n[\s\S]*Chloe Bennett/);
      await tenant.dials({ faults: [] });
    }),
  );

  it(
    'keeps a colleague’s leaving out of IT’s channel: the others in IT get it one by one',
    inWorld(async ({ hr, it, person, advance, restart }) => {
      await requestLeaver(hr, 'Kofi Mensah on 2026-11-23 17:00');
      const other = await requestLeaver(hr, 'alex.morgan@northwind.example on 2026-11-23 17:00');
      await advance(3 * 24 * hour);
      await restart();
      const inChannel = await it.channel.sees(list);
      expect(inChannel.text).to.include(other).and.include('1 leaver');
      for (const colleague of [ids.maya, ids.ben]) {
        const told = await person(colleague).sees(list);
        expect(told.text).to.include('Kofi Mensah').and.not.include(other);
      }
      expect(it.channel.everything()).to.not.match(/Kofi|L-101/);
      expect(person(ids.kofi).messages()).to.deep.equal([]);
    }),
  );

  it(
    'goes by the clock of the site, on a Sunday on which it changes too',
    inWorld(async ({ hr, it, advance, restart, tenant }) => {
      const caseId = await requestLeaver(hr, 'alex.morgan@northwind.example on 2027-03-28 17:00');
      const until = async (instant: string) => advance(Date.parse(instant) - Date.parse(await tenant.now()));
      await until('2027-03-28T06:28:00.000Z');
      await restart();
      await wait(300);
      expect(it.channel.everything(), '07:28 in London').to.not.match(list);
      await until('2027-03-28T06:31:00.000Z');
      await restart();
      const told = await it.channel.sees(list);
      expect(told.text).to.include('Sun 28 Mar 2027').and.include(caseId).and.include('Sun 28 Mar, 17:00 (London)');
    }),
  );
});
