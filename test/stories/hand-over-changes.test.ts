import { expect } from 'chai';
import type { CaseState } from '#domain/case-state';
import { ids } from './firm.js';
import { completedCard, hour, minute, requestLeaver } from './requests.js';
import { inWorld } from './world.js';

const alex = 'alex.morgan@northwind.example on today 17:00';
const partOf = ({ parts }: CaseState, id: string) => parts.find(({ partId }) => partId === id);
const deciders = ({ decisions }: CaseState) => decisions.map(({ decidedBy, partId }) => `${partId} ${decidedBy}`);

describe('[story] the hand-over is changed', function () {
  this.timeout(20_000);

  it(
    'voids what was decided on it and nothing else: closing access keeps its approval, hash and plan',
    inWorld(async ({ hr, manager, tenant, advance, evidence, caseState, until }) => {
      const caseId = await requestLeaver(hr, alex);
      await manager.clicks('Approve');
      await until(async () => (await caseState(caseId)).decisions.length > 2, 'the manager has approved');
      const old = await caseState(caseId);

      const asked = await hr.says(`change ${caseId} delegate Priya Shah`);
      expect(asked.text).to.include('The mailbox opens for Morgan Lee');
      expect(asked.text).to.include('The mailbox opens for Priya Shah');
      expect(asked.text, 'the firm’s own words follow').to.include('Please write to Priya Shah instead.');
      expect(asked.text).to.include('Morgan Lee has approved “Hand-over” as it was and is asked again.');
      await hr.clicks('Confirm', {}, asked);
      const again = await manager.sees(/Changed since you approved: who gets the mailbox: Morgan Lee → Priya Shah/);
      await manager.sees(/Mailbox opens for Priya Shah/);
      expect(again.text).to.include('Alex Morgan');

      await until(
        async () => partOf(await caseState(caseId), 'hand-over')?.partHash !== partOf(old, 'hand-over')?.partHash,
        'the hand-over is planned again',
      );
      const now = await caseState(caseId);
      expect(now.record.revision).to.equal(old.record.revision);
      for (const id of ['access', 'closing']) expect(partOf(now, id), id).to.deep.equal(partOf(old, id));
      expect(deciders(now)).to.deep.equal(deciders(old));

      await manager.clicks('Approve');
      await advance(8 * hour + minute);
      await hr.sees(completedCard, 12_000);
      const { mailbox } = await tenant.state(ids.alex);
      expect(mailbox?.fullAccess.map(({ trustee }) => trustee)).to.include(ids.priya);
      expect(mailbox?.fullAccess.map(({ trustee }) => trustee)).not.to.include(ids.morgan);
      expect(mailbox?.autoReply.internalReplyMessage).to.include('Priya Shah');
      expect(await evidence(caseId)).to.include('case.amended');
    }),
  );

  it(
    'by the manager from their card; contradictory choices and one’s own benefit are refused with the reason',
    inWorld(async ({ hr, manager, it: sam, caseState, until }) => {
      const caseId = await requestLeaver(hr, alex, { delegate: '' });
      await manager.seesButton('Change');
      const refused: readonly (readonly [string, RegExp])[] = [
        ['Alex Morgan', /cannot go to the person who is leaving/],
        [ids.guest, /is a guest/],
        [ids.disabledByHand, /cannot sign in/],
        ['Nobody Atall', /Nobody is called/],
        ['Morgan Lee', /Nobody opens a mailbox for themselves/],
      ];
      for (const [typed, why] of refused)
        expect((await manager.says(`change ${caseId} delegate ${typed}`)).text).to.match(why);
      expect((await sam.says(`change ${caseId} delegate Priya Shah`)).text).to.include('Only HR can change this');
      expect((await manager.says(`change ${caseId} manager Priya Shah`)).text).to.include('Only HR can change this');
      expect((await caseState(caseId)).record.amendments).to.equal(undefined);

      const asked = await manager.clicks('Change', { delegate: 'Priya Shah', autoReply: 'Gone fishing.' });
      expect(asked.text).to.include('Gone fishing.');
      await manager.clicks('Confirm', {}, asked);
      await until(async () => (await caseState(caseId)).record.delegate?.userId === ids.priya, 'it is changed');
      await manager.sees(/Mailbox opens for Priya Shah/);
      await hr.sees(/Changed by Morgan Lee, .*: the auto-reply is worded anew/);
      expect((await manager.says(`change ${caseId} delegate Priya Shah`)).text).to.include('It is so already');
    }),
  );

  it(
    'another manager decides: what the first one said does not count, and theirs does',
    inWorld(async ({ hr, manager, person, caseState, until }) => {
      const caseId = await requestLeaver(hr, alex);
      await manager.clicks('Approve');
      await until(async () => (await caseState(caseId)).decisions.length > 2, 'the manager has approved');
      const before = partOf(await caseState(caseId), 'hand-over');
      expect((await hr.says(`change ${caseId} manager Alex Morgan`)).text).to.include('Nobody decides on their own');
      const asked = await hr.says(`change ${caseId} manager Aoife Nolan`);
      expect(asked.text).to.include('Let Aoife Nolan decide on the hand-over?');
      await hr.clicks('Confirm', {}, asked);
      const aoife = person(ids.aoife);
      await aoife.sees(/Please decide on the hand-over/);
      const after = partOf(await caseState(caseId), 'hand-over');
      expect(after?.partHash).to.equal(before?.partHash);
      expect(after?.requirements[0]?.round).to.equal(2);
      const click = await manager.forges('approve', { caseId, partHash: after?.partHash ?? '' });
      expect(click.text).not.to.match(/Your decision/);
      await aoife.clicks('Approve');
      await until(
        async () => (await caseState(caseId)).decisions.some(({ decidedBy }) => decidedBy === ids.aoife),
        'Aoife has decided',
      );
    }),
  );

  it(
    'also after access was closed, as long as the hand-over waits for its decision',
    inWorld(async ({ hr, manager, tenant, advance, caseState, until }) => {
      const caseId = await requestLeaver(hr, alex);
      await manager.seesButton('Approve');
      await advance(8 * hour + minute);
      await until(
        async () => (await caseState(caseId)).record.milestones.accessClosedAt !== undefined,
        'access is closed',
      );
      expect((await hr.says(`reschedule ${caseId} 27 Nov`)).text).to.match(/Access was closed Fri 20 Nov 2026 at 17:0/);
      await hr.clicks('Confirm', {}, await hr.says(`change ${caseId} delegate Priya Shah`));
      await manager.sees(/Mailbox opens for Priya Shah/);
      await manager.clicks('Approve');
      await hr.sees(completedCard, 12_000);
      const { mailbox, user } = await tenant.state(ids.alex);
      expect(user.accountEnabled).to.equal(false);
      expect(mailbox?.fullAccess.map(({ trustee }) => trustee)).to.include(ids.priya);
      expect(mailbox?.fullAccess.map(({ trustee }) => trustee)).not.to.include(ids.morgan);
      await hr.says(`change ${caseId} delegate nobody`);
      await hr.sees(/is completed/);
    }),
  );

  it(
    'whom it is about never changes: cancel, and open one for the right person',
    inWorld(async ({ hr, caseState }) => {
      const caseId = await requestLeaver(hr, alex);
      const answer = await hr.says(`change ${caseId} subject Jordan Taylor`);
      expect(answer.text).to.include(`Type cancel ${caseId} and the reason, then leaver and the right person.`);
      expect((await caseState(caseId)).record.person.userId).to.equal(ids.alex);
    }),
  );
});
