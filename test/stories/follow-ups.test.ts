import { expect } from 'chai';
import { firmSkus, ids } from './firm.js';
import { completedCard, hour, requestLeaver } from './requests.js';
import { inWorld, type World } from './world.js';

const day = 24 * hour;
const licencesLater = { leaver: { later: [{ stepId: 'licenses.remove-licences', days: 30 }] } };

/** Everybody but the mailbox itself. */
async function openFor(tenant: World['tenant']): Promise<readonly string[]> {
  const { mailbox } = await tenant.state(ids.chloe);
  return (mailbox?.fullAccess ?? []).map(({ trustee }) => trustee).filter((trustee) => !/SELF$/.test(trustee));
}

describe('[story] what is due much later', function () {
  this.timeout(30_000);

  it(
    'the mailbox opened for thirty days closes by itself, in a case that follows and asks nobody again',
    inWorld(async ({ hr, manager, tenant, advance, until, caseState, evidence }) => {
      const caseId = await requestLeaver(hr, 'chloe.bennett@northwind.example on 2026-11-20 08:59');
      await manager.sees(/Please decide on the hand-over/);
      await manager.clicks('Approve');
      await hr.sees(completedCard, 12_000);
      expect(await evidence(caseId)).to.include('case.follow-up');
      const followId = 'L-102';
      const planned = async () => (await caseState(followId)).record.revision === 1;
      await until(planned, 'the follow-up is planned');
      const { record, parts } = await caseState(followId);
      expect([record.follows, record.onlySteps]).to.deep.equal([caseId, ['mailbox.end-delegate']]);
      expect(parts.flatMap((part) => part.requirements)).to.deep.equal([]);
      const asked = manager.messages().length;

      await advance(29 * day);
      expect(await openFor(tenant)).to.deep.equal([ids.morgan]);
      await advance(day + hour);
      await until(async () => (await caseState(followId)).record.milestones.completedAt !== undefined, 'it is closed');
      expect(await openFor(tenant)).to.deep.equal([]);
      const [change] = (await caseState(followId)).changes;
      expect(change?.observation?.text).to.equal('The mailbox is not open for Morgan Lee');
      const told = await manager.sees(/1 of 1 change read back/);
      expect(told.text)
        .to.match(/Mailbox is closed for you/)
        .and.to.include(`Follows case ${caseId}`);
      // Told once, and asked nothing.
      expect(manager.messages().length - asked).to.equal(1);
    }),
  );

  it(
    'licences go thirty days after the person, as the policy says, and the first case does not wait for them',
    inWorld(
      async ({ hr, manager, tenant, advance, until, caseState }) => {
        const caseId = await requestLeaver(hr, 'chloe.bennett@northwind.example on 2026-11-20 08:59', { delegate: '' });
        await manager.sees(/Please decide on the hand-over/);
        await manager.clicks('Approve');
        await hr.sees(completedCard, 12_000);
        expect((await caseState(caseId)).changes.map((c) => c.stepId)).to.not.include('licenses.remove-licences');
        expect((await tenant.state(ids.chloe)).licences).to.deep.equal([firmSkus.businessPremium]);
        await advance(30 * day + hour);
        await until(async () => (await tenant.state(ids.chloe)).licences.length === 0, 'the licence is returned');
        await until(async () => (await caseState('L-102')).record.milestones.completedAt !== undefined, 'it is closed');
      },
      { policy: licencesLater },
    ),
  );
});
