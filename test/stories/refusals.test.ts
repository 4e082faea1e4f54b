import { expect } from 'chai';
import { personId } from '#sandbox/firm/ids';
import { ids } from './firm.js';
import { requestLeaver } from './requests.js';
import { inWorld } from './world.js';

describe('[story] requests that are refused, with a sentence that says why', function () {
  this.timeout(30_000);

  it(
    'an unknown person, a protected account, oneself, an unreadable date, or asked by somebody without a right to',
    inWorld(async ({ hr, it: sam, manager, person }) => {
      const asked = async (typed: string) => (await hr.says(`leaver ${typed}`)).text;
      expect(await asked('nobody.here@northwind.example')).to.include(
        'I find nobody called “nobody.here@northwind.example”',
      );
      expect(await asked('Alex Morgen')).to.include('I do not guess at people');
      expect(await asked('Break Glass')).to.include('Break Glass is a protected account');
      expect(await asked('dana.reyes@northwind.example')).to.include('You cannot start a case about yourself');
      expect(await asked('alex.morgan@northwind.example on the day after')).to.include(
        '“the day after” is no date I can read',
      );
      expect(await asked('alex.morgan@northwind.example on 2026-02-30')).to.include('is no date I can read');
      expect(await asked('')).to.include('Who is leaving?');
      expect((await hr.says('leavr alex.morgan@northwind.example')).text).to.include(
        'leaver alex.morgan@northwind.example',
      );
      for (const other of [sam, person(ids.chloe)])
        expect((await other.says('leaver alex.morgan@northwind.example')).text).to.include(
          'Only HR or the person’s manager can start a leaver',
        );
      expect((await manager.says('leaver Carlos Vega')).text).to.include('Only HR or');
      expect((await hr.says('cases')).text).to.not.include('L-1');
    }),
  );

  it(
    'a form that cannot be: the leaver as delegate, a day years off, a time that is none; the form comes back as it was filled in',
    inWorld(async ({ hr }) => {
      const form = await hr.says('leaver alex.morgan@northwind.example on 2026-11-27');
      const answered = async (inputs: Record<string, string>) => (await hr.clicks('Submit', inputs, form)).text;
      expect(await answered({ otherDelegate: 'Alex Morgan' })).to.include('cannot go to the person who is leaving');
      expect(await answered({ otherDelegate: 'Jordan Taylor' })).to.include(
        'Several people are called “Jordan Taylor”',
      );
      expect(await answered({ otherDelegate: 'Theo Grant' })).to.include('Theo Grant cannot sign in');
      expect(await answered({ lastDay: '2027-12-24' })).to.include('more than 365 days ahead');
      expect(await answered({ lastDay: '2025-12-24' })).to.include('more than 30 days back');
      const kept = await answered({ lastTime: '25:99', autoReply: 'Please write to the sales team.' });
      expect(kept).to.include('The last working day or time cannot be read');
      expect(JSON.stringify(hr.messages())).to.include('Please write to the sales team.');
      expect((await hr.clicks('Cancel')).text).to.include('Nothing was started');
      expect((await hr.says('cases')).text).to.not.include('L-1');
    }),
  );

  it(
    'a second request for the same person ends at the case that is open, whoever asks',
    inWorld(async ({ hr, manager, person }) => {
      const first = await hr.says('leaver alex.morgan@northwind.example on 2026-11-27');
      const caseId = await requestLeaver(manager, 'Alex Morgan on 2026-11-27');
      expect((await person(ids.hannah).says('leaver Alex Morgan')).text).to.include(`Case ${caseId} is already open`);
      expect((await hr.clicks('Submit', {}, first)).text).to.include(`Case ${caseId}`);
    }),
  );

  it(
    'two people with one name get a picker, and a mention names exactly one',
    inWorld(async ({ hr }) => {
      const picker = await hr.says('leaver Jordan Taylor on 2026-11-27');
      expect(picker.text).to.include('Account Manager').and.to.include('Software Engineer');
      const form = await hr.clicks('Choose', {}, picker);
      expect(form.text).to.include('Jordan Taylor is leaving');
      const entity = {
        type: 'mention',
        text: '<at>Jordan Taylor</at>',
        mentioned: { id: '29:jordan', name: 'Jordan Taylor', aadObjectId: personId('08') },
      };
      const mentioned = await hr.says('leaver <at>Jordan Taylor</at> on 2026-11-27', { entities: [entity] });
      expect(mentioned.text).to.include('Jordan Taylor is leaving').and.to.include('Software Engineer');
    }),
  );
});
