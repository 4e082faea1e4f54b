import { expect } from 'chai';
import { personId } from '#sandbox/firm/ids';
import { ids } from './firm.js';
import { completedCard, requestLeaver } from './requests.js';
import { inWorld } from './world.js';

describe('[story] discretion', function () {
  this.timeout(30_000);

  it(
    'a leaver asked for in a channel is named nowhere in it, and goes on in the asker’s own chat',
    inWorld(async ({ hr, manager, inChannel, person, until }) => {
      await hr.says('help');
      const dana = inChannel(ids.dana);
      const here = await dana.says('<at>Latchkey</at> leaver alex.morgan@northwind.example on 2026-11-20 08:59', {
        entities: [{ type: 'mention', text: '<at>Latchkey</at>', mentioned: { id: '28:bot', name: 'Latchkey' } }],
      });
      expect(here.text).to.include('I have answered you in our own chat');
      await hr.sees(/Alex Morgan is leaving/);
      await hr.clicks('Submit');
      await manager.sees(/Please decide on the hand-over/);
      await manager.clicks('Approve');
      await hr.sees(completedCard, 15_000);
      await dana.says('case L-101');
      await dana.says('cases');
      await until(() => dana.messages().length === 3, 'three answers that name nobody');
      for (const words of ['Alex', 'Morgan', 'alex.morgan', 'L-101', ids.alex])
        expect(dana.everything()).to.not.include(words);
      expect(person(ids.alex).messages()).to.deep.equal([]);
    }),
  );

  it(
    'where the subject is in IT, the others in IT get the exceptions one by one, and the channel stays silent',
    inWorld(async ({ hr, it: sam, person, tenant, inChannel, until, caseState }) => {
      await tenant.dials({ faults: [{ path: '/adminapi/', cmdlet: 'Set-Mailbox', status: 400, count: null }] });
      const caseId = await requestLeaver(hr, 'Kofi Mensah on 2026-11-20 08:59');
      await sam.sees(/Please decide on the hand-over/);
      await sam.clicks('Approve');
      const others = [ids.priya, ids.maya, ids.ben];
      for (const other of others) await person(other).sees(/Not proved: Mailbox becomes shared/, 10_000);
      expect(inChannel(ids.sam).messages()).to.deep.equal([]);
      const kofi = person(ids.kofi);
      for (const typed of ['cases', 'approvals', `case ${caseId}`, `retry ${caseId}`, 'leaver Kofi Mensah'])
        await kofi.says(typed);
      expect((await kofi.forges('retry', { caseId, exceptionId: '1' })).text).to.include('There is no case');
      expect(kofi.everything()).to.not.match(/Mailbox|Not proved|is leaving/);
      await tenant.dials({ faults: [] });
      await person(ids.maya).clicks('Retry');
      await until(
        async () => (await caseState(caseId)).record.milestones.completedAt !== undefined,
        'completed',
        10_000,
      );
      await person(ids.ben).sees(/Nothing is open/);
      expect(inChannel(ids.sam).messages()).to.deep.equal([]);
    }),
  );

  it(
    'where the subject is in HR, they are not the second person who is asked',
    inWorld(async ({ hr, person, tenant, until }) => {
      const caseId = await requestLeaver(hr, 'Ella Fraser now');
      for (const asked of [ids.hannah, ids.freya]) await person(asked).sees(/asks to end this access now/);
      const ella = person(ids.ella);
      expect(ella.messages()).to.deep.equal([]);
      for (const typed of ['approvals', 'cases', `approve ${caseId}`]) await ella.says(typed);
      expect(ella.everything()).to.not.match(/Ella Fraser|is leaving|Dana Reyes/);
      await person(ids.freya).clicks('Approve');
      await until(async () => !(await tenant.state(ids.ella)).user.accountEnabled, 'the account is disabled');
      expect(person(personId('21')).messages()).to.deep.equal([]);
    }),
  );
});
