import { expect } from 'chai';
import { firmGroups, firmSkus, ids } from './firm.js';
import { completedCard, requestLeaver } from './requests.js';
import { inWorld } from './world.js';

describe('[story] ordinary awkwardness', function () {
  this.timeout(30_000);

  it(
    'somebody disabled by hand a month ago: what is so is told as so, the rest is cleaned up',
    inWorld(async ({ hr, manager, tenant, caseState }) => {
      const caseId = await requestLeaver(hr, 'Theo Grant on 2026-11-18 17:00');
      expect((await manager.sees(/Please decide on the hand-over/)).text).to.include('Theo Grant');
      await manager.clicks('Approve');
      const told = await hr.sees(completedCard, 15_000);
      expect(told.text).to.match(/late: access was due 18 Nov, 17:00; it was requested after that/);
      expect(told.text).to.match(/Already so: .*(blocked|disabled)/i);
      const { changes, record } = await caseState(caseId);
      const disable = changes.find(({ stepId }) => stepId === 'users.disable-account');
      expect([disable?.status, record.openedLate]).to.deep.equal(['not-needed', true]);
      const { licences, groups, mailbox } = await tenant.state(ids.disabledByHand);
      expect([licences, groups, mailbox?.forwardingSmtpAddress, mailbox?.type]).to.deep.equal([
        [],
        [],
        null,
        'SharedMailbox',
      ]);
    }),
  );

  it(
    'somebody without a mailbox',
    inWorld(async ({ hr, person, tenant }) => {
      await requestLeaver(hr, 'Owen Price on 2026-11-20 02:00');
      const told = await hr.sees(completedCard, 15_000);
      expect(told.text).to.include('Has no mailbox');
      const { user, licences } = await tenant.state(ids.withoutMailbox);
      expect([user.accountEnabled, licences]).to.deep.equal([false, []]);
      expect((await person(ids.carlos).sees(completedCard)).text).to.include('Owen Price has left');
    }),
  );

  it(
    'a guest',
    inWorld(async ({ hr, tenant }) => {
      const form = await hr.says('leaver Marta Nowak (Contoso) on 2026-11-20 08:00');
      await hr.clicks('Submit', {}, form);
      const told = await hr.sees(completedCard, 15_000);
      expect(told.text).to.include('Left Finance Reports').and.to.include('Has no mailbox');
      const { user, groups } = await tenant.state(ids.guest);
      expect([user.accountEnabled, groups]).to.deep.equal([false, []]);
    }),
  );

  it(
    'somebody without a manager: the fallback is asked, and gets no mailbox by default',
    inWorld(async ({ hr, person, tenant }) => {
      await requestLeaver(hr, 'Noor Haddad on 2026-11-20 08:00');
      const fallback = person(ids.priya);
      expect((await fallback.sees(/Please decide on the hand-over/)).text).to.not.include('Mailbox opens');
      await fallback.clicks('Approve');
      await hr.sees(completedCard, 15_000);
      const { mailbox, user } = await tenant.state(ids.withoutManager);
      expect([user.accountEnabled, mailbox?.type]).to.deep.equal([false, 'SharedMailbox']);
    }),
  );

  it(
    'somebody synchronised from Active Directory: IT does its part there, and Latchkey reads it back',
    inWorld(async ({ hr, person, it: sam, tenant, caseState, until }) => {
      const caseId = await requestLeaver(hr, 'Ines Duarte on 2026-11-20 02:00');
      const carlos = person(ids.carlos);
      await carlos.sees(/Please decide on the hand-over/);
      await carlos.clicks('Approve');
      const card = await sam.channel.sees(
        /The account must be blocked in Active Directory too[\s\S]*Warehouse Systems/,
      );
      expect(card.text).to.include('A block set in Entra holds only until the next synchronisation');
      await until(async () => !(await tenant.state(ids.synced)).user.accountEnabled, 'blocked in Entra meanwhile');
      expect((await caseState(caseId)).record.milestones.accessClosedAt).to.equal(undefined);
      await tenant.activeDirectory(ids.synced, { accountEnabled: false, leaveGroups: [firmGroups.warehouseSynced] });
      await sam.says(`retry ${caseId} 1`);
      await sam.says(`done ${caseId} 2 removed in Active Directory`);
      await until(
        async () => (await caseState(caseId)).exceptions.every(({ resolution }) => resolution),
        'all solved',
        10_000,
      );
      const told = await hr.sees(completedCard, 15_000);
      expect(told.text).to.match(/By hand\n[\s\S]*removed in Active Directory/);
      expect((await tenant.state(ids.synced)).licences).to.not.include(firmSkus.businessPremium);
    }),
  );
});
