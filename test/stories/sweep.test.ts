import { expect } from 'chai';
import { firmGroups, firmSkus, ids } from './firm.js';
import { chloeHasLeft, day, nothingIsOpen, openOf } from './has-left.js';
import { hour, minute, requestLeaver } from './requests.js';
import { inWorld } from './world.js';

describe('[story] everybody who left is swept daily', function () {
  this.timeout(40_000);

  it(
    'a licence that came back is swept the next morning; found again after it was closed, it is a new exception',
    inWorld(async (world) => {
      const { it, tenant, advance, until, caseState, houseData } = world;
      const caseId = await chloeHasLeft(world);
      await advance(9 * day);
      await until(async () => (await caseState(caseId)).record.watch?.done === 3, 'look 3', 10_000);
      const licence = { addLicenses: [{ skuId: firmSkus.businessPremium, disabledPlans: [] }], removeLicenses: [] };
      await tenant.graph('POST', `/users/${ids.chloe}/assignLicense`, licence, ids.kofi);
      const sweeps = (await houseData('sweep.done')).length;
      await advance(day);
      await until(async () => (await houseData('sweep.done')).length > sweeps, 'swept', 15_000);
      const card = await it.channel.sees(/has Microsoft 365 Business Premium/);
      expect(card.text).to.match(/Done by Kofi/);
      expect((await caseState(caseId)).record.watch?.done).to.equal(3);
      await it.channel.clicks('Retry');
      await nothingIsOpen(world, caseId);
      expect((await tenant.state(ids.chloe)).licences).to.deep.equal([]);

      await tenant.graph('POST', `/users/${ids.chloe}/assignLicense`, licence);
      await advance(day);
      await until(async () => (await openOf(world, caseId)).length === 1, 'found again', 15_000);
      expect((await caseState(caseId)).exceptions).to.have.length(2);
      // It goes by itself: the next morning's look proves it, and the clock closes it.
      await tenant.graph('POST', `/users/${ids.chloe}/assignLicense`, {
        addLicenses: [],
        removeLicenses: [firmSkus.businessPremium],
      });
      await advance(day);
      await nothingIsOpen(world, caseId);
      expect((await caseState(caseId)).exceptions.at(-1)?.resolution).to.include({ as: 'confirmed', by: 'clock' });
    }),
  );

  it(
    'an account that Active Directory enables again on day 9 is found by that day’s sweep, with who did it',
    inWorld(async (world) => {
      const { hr, it, person, tenant, advance, until, caseState } = world;
      const carlos = person(ids.carlos);
      const caseId = await requestLeaver(hr, 'Ines Duarte on 2026-11-20 02:00');
      await carlos.sees(/Please decide on the hand-over/);
      await carlos.clicks('Approve');
      await it.channel.sees(/The account must be blocked in Active Directory too/);
      await until(async () => !(await tenant.state(ids.synced)).user.accountEnabled, 'blocked in Entra');
      await tenant.activeDirectory(ids.synced, { accountEnabled: false, leaveGroups: [firmGroups.warehouseSynced] });
      await it.says(`retry ${caseId} 1`);
      await it.says(`done ${caseId} 2 removed in Active Directory`);
      const completed = async () => (await caseState(caseId)).record.milestones.completedAt !== undefined;
      await until(completed, 'completed', 15_000);

      await advance(8 * day);
      await until(async () => (await caseState(caseId)).record.watch?.done === 3, 'look 3', 10_000);
      // Between two sweeps: 05:00 in London is 23:00 in Austin.
      await advance(day - 6 * hour);
      await tenant.activeDirectory(ids.synced, { accountEnabled: true });
      await advance(6 * hour);
      const card = await it.channel.sees(/the account can be used again/, 20_000);
      expect(card.text).to.match(/Done by Microsoft Entra Connect \(directory sync\), 28 Nov, 21:00/);
      expect(card.text).to.include('Put it right in Active Directory first');
      expect((await hr.sees(/Came back:/)).text).to.include('the account can be used again');
      expect((await hr.says(`case ${caseId}`)).text).to.include('Came back');

      await tenant.activeDirectory(ids.synced, { accountEnabled: false });
      for (const { exceptionId } of await openOf(world, caseId)) await it.says(`retry ${caseId} ${exceptionId}`);
      await nothingIsOpen(world, caseId);
      expect((await tenant.state(ids.synced)).user.accountEnabled).to.equal(false);
      await hr.sees(/put right by Sam Okoro/);
    }),
  );

  it(
    'a sweep that fails is tried every hour; a day without one is told to IT, and so is that it works again',
    inWorld(async (world) => {
      const { it, tenant, advance, until, houseData } = world;
      await chloeHasLeft(world);
      await until(async () => (await houseData('sweep.done')).length === 1, 'swept once', 15_000);
      await tenant.dials({ faults: [{ path: '/adminapi/', cmdlet: 'Get-Mailbox', status: 403, count: null }] });
      await advance(day);
      await advance(3 * hour);
      const told = await it.channel.sees(/People who left have not been looked at/, 15_000);
      expect(told.text).to.include('Fri 20 Nov 2026').and.not.to.include('Chloe');
      expect(await houseData('sweep.missing')).to.have.length(1);
      await tenant.dials({ faults: [] });
      await advance(hour + minute);
      await it.channel.sees(/People who left are looked at again/, 15_000);
      expect((await houseData('sweep.done')).at(-1)).to.include({ looked: 1, different: 0 });
    }),
  );

  it(
    'a deleted account is left: what was open about it ends, and nothing more is asked',
    inWorld(async (world) => {
      const { it, tenant, advance, until, caseState, evidenceData } = world;
      const caseId = await chloeHasLeft(world);
      await tenant.graph('PATCH', `/users/${ids.chloe}`, { accountEnabled: true });
      await advance(hour + minute);
      await it.channel.sees(/the account can be used again/);
      await tenant.dials({
        faults: [{ path: `/v1.0/users/${ids.chloe}`, status: 404, code: 'Request_ResourceNotFound', count: null }],
      });
      await advance(23 * hour);
      await nothingIsOpen(world, caseId);
      await until(async () => (await caseState(caseId)).record.watch?.done === 2, 'look 2', 10_000);
      expect((await evidenceData(caseId, 'watch.looked')).at(-1)).to.include({ gone: true, found: 0 });
      const [exception] = (await caseState(caseId)).exceptions;
      expect(exception?.resolution).to.include({ as: 'confirmed', by: 'clock', note: 'The account is deleted' });
    }),
  );
});
