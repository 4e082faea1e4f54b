import { expect } from 'chai';
import { firmSkus, ids } from './firm.js';
import { completedCard, requestLeaver } from './requests.js';
import { inWorld, type World } from './world.js';

const refused = {
  path: '/adminapi/',
  cmdlet: 'Set-Mailbox',
  status: 400,
  code: 'BadRequest',
  message: '|Microsoft.Exchange.Management.Tasks.RecipientTaskException|The mailbox is being moved.',
  count: null,
};

/** Chloe has no forwarding, so that only the conversion needs Set-Mailbox; everything but that is approved and done. */
async function refuseConversion({ hr, manager, it, tenant }: World): Promise<string> {
  await tenant.dials({ faults: [refused] });
  const caseId = await requestLeaver(hr, 'chloe.bennett@northwind.example on 2026-11-20 08:59');
  await manager.sees(/Please decide on the hand-over/);
  await manager.clicks('Approve');
  await it.channel.sees(/The mailbox is being moved/);
  return caseId;
}

describe('[story] Exchange refuses to convert the mailbox', function () {
  this.timeout(20_000);

  it(
    'IT retries in its channel until it takes; the licence stays as long as the mailbox is not shared',
    inWorld(async (world) => {
      const { hr, it, tenant, until, caseState } = world;
      const caseId = await refuseConversion(world);
      const card = await it.channel.sees(/The mailbox is being moved/);
      expect(card.summary).to.not.include('Chloe');
      await until(
        async () => (await caseState(caseId)).record.milestones.accessClosedAt !== undefined,
        'access is closed',
      );
      const before = await tenant.state(ids.chloe);
      expect([before.licences, before.mailbox?.type]).to.deep.equal([[firmSkus.businessPremium], 'UserMailbox']);

      expect((await it.channel.clicks('Retry')).text).to.include('Retry asked for by Sam Okoro');
      // Used up: tried again and refused again, which the card shows a moment later.
      const usedUp = async () => (await caseState(caseId)).exceptions.every(({ retry }) => retry === undefined);
      await until(usedUp, 'the retry was refused too');
      const again = await it.channel.sees(/Tried again\nonce/);
      expect(again.text).to.include('The mailbox is being moved');
      await tenant.dials({ faults: [] });
      await it.channel.clicks('Retry');
      await hr.sees(completedCard, 12_000);
      expect((await it.channel.sees(/Nothing is open/)).text).to.include('solved by Sam Okoro');
      const after = await tenant.state(ids.chloe);
      expect([after.licences, after.mailbox?.type, after.mailbox?.state]).to.deep.equal([
        [],
        'SharedMailbox',
        'active',
      ]);
    }),
  );

  it(
    'IT converts it by hand and says so: it is read back and told apart on the completion card',
    inWorld(async (world) => {
      const { hr, it, tenant, caseState } = world;
      const caseId = await refuseConversion(world);
      expect((await it.channel.clicks('Done by hand', { note: '' })).text).to.include('Please say what you did');
      await tenant.dials({ faults: [] });
      await tenant.exchange('Set-Mailbox', { Identity: ids.chloe, Type: 'Shared' });
      await it.channel.clicks('Done by hand', { note: 'converted in the admin centre' });
      const told = await hr.sees(completedCard, 12_000);
      await it.channel.sees(/Nothing is open/);
      expect(told.text).to.match(/By hand\n.*Mailbox is shared.*Sam Okoro.*converted in the admin centre/);
      const statuses = (await caseState(caseId)).changes.map(({ status }) => status);
      expect(statuses.filter((status) => status === 'done-by-hand')).to.have.length(1);
    }),
  );

  it(
    'what is said to be done by hand and is not so is opened again',
    inWorld(async (world) => {
      const { it, tenant, advance, until, caseState } = world;
      const caseId = await refuseConversion(world);
      await it.channel.clicks('Done by hand', { note: 'I think I did' });
      await it.channel.sees(/It is being read back/);
      await advance(121_000);
      await it.channel.sees(/reported as done by hand, but the tenant still shows: The mailbox is a UserMailbox/);
      expect((await tenant.state(ids.chloe)).licences).to.deep.equal([firmSkus.businessPremium]);
      await tenant.dials({ faults: [] });
      await it.channel.clicks('Retry');
      await until(
        async () => (await caseState(caseId)).record.milestones.completedAt !== undefined,
        'completed',
        12_000,
      );
    }),
  );
});
