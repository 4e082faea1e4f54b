import { expect } from 'chai';
import { ids } from './firm.js';
import { requestLeaver } from './requests.js';
import { inWorld } from './world.js';

describe('[story] nobody is asked in vain', function () {
  this.timeout(30_000);

  it(
    'a second HR person who blocked the bot is an exception with an owner, and the case goes on once somebody decides',
    inWorld(async ({ hr, it: sam, person, teams, evidence, caseState, until }) => {
      await hr.says('help');
      const blocked = [ids.hannah, ids.ella, ids.freya];
      teams.block(blocked.map((userId) => `a:${userId}`));
      const caseId = await requestLeaver(hr, 'alex.morgan@northwind.example now');
      const card = await sam.channel.sees(/could not be asked: Access closes/, 10_000);
      expect(card.text).to.include('has blocked the bot');
      await until(
        async () => (await evidence(caseId)).filter((type) => type === 'message.undelivered').length === 3,
        'three undelivered',
      );
      const [exception] = (await caseState(caseId)).exceptions;
      expect(exception?.owner).to.deep.equal({ kind: 'role', role: 'it' });
      expect(exception?.dueAt).to.be.a('string');
      teams.block([]);
      await person(ids.hannah).says('approvals');
      await person(ids.hannah).says(`approve ${caseId}`);
      await person(ids.hannah).says(`approve ${caseId}`);
      await until(
        async () => (await caseState(caseId)).record.milestones.accessClosedAt !== undefined,
        'access closed',
        10_000,
      );
      expect((await caseState(caseId)).exceptions.every(({ resolution }) => resolution !== undefined)).to.equal(true);
    }),
  );

  it(
    'a wish whose signer cannot be written to is an exception too',
    inWorld(async ({ hr, it: sam, person, teams }) => {
      const caseId = await requestLeaver(hr, 'alex.morgan@northwind.example on 2026-11-23 17:00');
      await hr.sees(/changes planned/);
      await person(ids.managingDirector).says('help');
      teams.block([`a:${ids.managingDirector}`]);
      await hr.says(`keep ${caseId} sign-in until 27 Nov 2026 the hand-over call is on Friday`);
      const card = await sam.channel.sees(/could not be asked: Sign-in stays open/, 10_000);
      expect(card.text).to.include('has blocked the bot');
    }),
  );
});
