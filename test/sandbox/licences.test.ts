import { expect } from 'chai';
import { groups, people, skus } from '#sandbox/firm/ids';
import { isObject } from '#sandbox/http/call';
import type { JsonObject } from '#sandbox/tenant/world';
import { codeOf, messageOf, openTenant, reference, rowsOf, type Seen, type TenantClient } from './tenant-client.js';

describe('[unit] sandbox/tenant licences and mailboxes', () => {
  let tenant: TenantClient;
  before(async () => {
    tenant = await openTenant();
  });
  beforeEach(async () => {
    await tenant.control('POST', '/reset');
  });
  after(() => tenant.close());

  const assign = (user: string, add: string[], remove: string[]): Promise<Seen> =>
    tenant.graph('POST', `/users/${user}/assignLicense`, {
      addLicenses: add.map((skuId) => ({ skuId, disabledPlans: [] })),
      removeLicenses: remove,
    });
  const states = async (user: string): Promise<readonly JsonObject[]> => {
    const seen = await tenant.graph('GET', `/users/${user}?$select=licenseAssignmentStates`);
    const value = seen.body['licenseAssignmentStates'];
    return Array.isArray(value) ? value : [];
  };
  const mailboxState = async (user: string): Promise<unknown> => {
    const mailbox = (await tenant.control('GET', `/state/${user}`))['mailbox'];
    return isObject(mailbox) ? mailbox['state'] : undefined;
  };
  const consumed = async (sku: string): Promise<unknown> =>
    rowsOf(await tenant.graph('GET', '/subscribedSkus')).find((row) => row['skuId'] === sku)?.['consumedUnits'];

  it('takes a direct licence away; a regular mailbox is lost with it and found again when it comes back in time', async () => {
    const before = Number(await consumed(skus.businessPremium));
    expect((await assign(people.alexMorgan, [], [skus.businessPremium])).status).to.equal(200);
    await tenant.settle();
    expect(await consumed(skus.businessPremium)).to.equal(before - 1);
    expect(await mailboxState(people.alexMorgan)).to.equal('softDeleted');
    const settings = await tenant.graph('GET', `/users/${people.alexMorgan}/mailboxSettings`);
    expect([settings.status, codeOf(settings)]).to.deep.equal([404, 'MailboxNotEnabledForRESTAPI']);
    expect((await tenant.exchange('Get-Mailbox', { Identity: people.alexMorgan })).status).to.equal(404);
    await assign(people.alexMorgan, [skus.businessPremium], []);
    await tenant.settle();
    expect(await mailboxState(people.alexMorgan)).to.equal('active');
  });

  it('keeps a shared mailbox whose owner has no licence any more', async () => {
    await tenant.exchange('Set-Mailbox', { Identity: people.alexMorgan, Type: 'Shared' });
    await assign(people.alexMorgan, [], [skus.businessPremium]);
    await tenant.settle();
    expect(await mailboxState(people.alexMorgan)).to.equal('active');
    const purpose = await tenant.graph('GET', `/users/${people.alexMorgan}/mailboxSettings/userPurpose`);
    expect(purpose.body['value']).to.equal('shared');
    await tenant.exchange('Set-Mailbox', { Identity: people.alexMorgan, Type: 'Regular' });
    await tenant.settle();
    expect(await mailboxState(people.alexMorgan)).to.equal('softDeleted');
  });

  it('refuses what cannot be assigned or removed, and then changes nothing', async () => {
    const inherited = await assign(people.licensedThroughGroup, [], [skus.businessPremium]);
    expect([inherited.status, messageOf(inherited)]).to.deep.equal([
      400,
      'User license is inherited from group membership and cannot be removed directly from the user.',
    ]);
    const missing = await assign(people.alexMorgan, [], [skus.e3]);
    expect(messageOf(missing)).to.equal('User does not have a corresponding license.');
    const both = await assign(people.alexMorgan, [], [skus.businessPremium, skus.e3]);
    expect(both.status).to.equal(400);
    expect(await states(people.alexMorgan)).to.have.length(1);
    const half = await tenant.graph('POST', `/users/${people.alexMorgan}/assignLicense`, { addLicenses: [] });
    expect(messageOf(half)).to.contain('removeLicenses');
  });

  it('runs out of seats', async () => {
    await tenant.control('POST', '/dials', { seats: { POWER_BI_PRO: 1 } });
    const seen = await assign(people.alexMorgan, [skus.powerBiPro], []);
    expect([seen.status, messageOf(seen)]).to.deep.equal([
      400,
      `Subscription with SKU ${skus.powerBiPro} does not have any available licenses.`,
    ]);
  });

  it('drops an inherited licence some time after its group was left', async () => {
    await tenant.control('POST', '/dials', { licenceLagMs: 20_000 });
    const path = `/groups/${groups.licenceBusinessPremium}/members`;
    await tenant.graph('DELETE', `${path}/${people.licensedThroughGroup}/$ref`);
    expect(await states(people.licensedThroughGroup)).to.have.length(1);
    await tenant.control('POST', '/clock', { advance: 21_000 });
    await tenant.settle();
    expect(await states(people.licensedThroughGroup)).to.have.length(0);
    expect(await mailboxState(people.licensedThroughGroup)).to.equal('softDeleted');
  });

  it('works an inherited licence out at once when asked to', async () => {
    await tenant.control('POST', '/dials', { licenceLagMs: 600_000 });
    await tenant.graph(
      'DELETE',
      `/groups/${groups.licenceBusinessPremium}/members/${people.licensedThroughGroup}/$ref`,
    );
    await tenant.graph('POST', `/users/${people.licensedThroughGroup}/reprocessLicenseAssignment`);
    expect(await states(people.licensedThroughGroup)).to.have.length(0);
  });

  it('records a group licence without a seat as an error on the user', async () => {
    await tenant.control('POST', '/dials', { seats: { SPB: 1 } });
    await tenant.graph(
      'POST',
      `/groups/${groups.licenceBusinessPremium}/members/$ref`,
      reference(people.withoutMailbox),
    );
    await tenant.settle();
    const found = (await states(people.withoutMailbox)).find((row) => row['skuId'] === skus.businessPremium);
    expect(found).to.include({
      state: 'Error',
      error: 'CountViolation',
      assignedByGroup: groups.licenceBusinessPremium,
    });
  });

  it('takes the licence and the mailbox of a dynamically licensed person whose account is disabled', async () => {
    const user = people.licensedThroughDynamicGroup;
    expect((await states(user))[0]).to.include({ skuId: skus.e3, assignedByGroup: groups.licenceEngineering });
    await tenant.control('POST', '/dials', { dynamicGroupLagMs: 60_000 });
    await tenant.graph('PATCH', `/users/${user}`, { accountEnabled: false });
    const inGroup = async (): Promise<number> =>
      (await tenant.graph('GET', `/users/${user}/memberOf/${groups.licenceEngineering}?$select=id`)).status;
    await tenant.control('POST', '/clock', { advance: 59_000 });
    expect(await inGroup()).to.equal(200);
    await tenant.control('POST', '/clock', { advance: 2_000 });
    expect(await inGroup()).to.equal(404);
    await tenant.settle();
    expect(await states(user)).to.have.length(0);
    expect(await mailboxState(user)).to.equal('softDeleted');
    await tenant.graph('PATCH', `/users/${user}`, { accountEnabled: true });
    await tenant.settle();
    expect(await states(user)).to.have.length(1);
  });
});
