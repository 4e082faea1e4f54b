import { expect } from 'chai';
import { groups, people } from '#sandbox/firm/ids';
import { messageOf, noLag, openTenant, reference, rowsOf, type TenantClient } from './tenant-client.js';

describe('[unit] sandbox/graph changes of access', () => {
  let tenant: TenantClient;
  before(async () => {
    tenant = await openTenant();
  });
  beforeEach(async () => {
    await tenant.control('POST', '/reset');
  });
  after(() => tenant.close());

  const member = (group: string, user: string): string => `/groups/${group}/members/${user}/$ref`;

  it('disables an account and says so to the next read', async () => {
    const path = `/users/${people.alexMorgan}`;
    expect((await tenant.graph('PATCH', path, { accountEnabled: false })).status).to.equal(204);
    expect((await tenant.graph('GET', `${path}?$select=accountEnabled`)).body['accountEnabled']).to.equal(false);
  });

  it('refuses unknown and mistyped properties, and a body without any', async () => {
    const path = `/users/${people.alexMorgan}`;
    for (const body of [{ accountEnabledd: false }, { accountEnabled: 'no' }, {}]) {
      expect((await tenant.graph('PATCH', path, body)).status).to.equal(400);
    }
  });

  it('moves the session and password times, and answers a revocation with 200 and true', async () => {
    const path = `/users/${people.alexMorgan}`;
    const times = `${path}?$select=signInSessionsValidFromDateTime,lastPasswordChangeDateTime`;
    const before = (await tenant.graph('GET', times)).body;
    const revoked = await tenant.graph('POST', `${path}/revokeSignInSessions`);
    expect([revoked.status, revoked.body['value']]).to.deep.equal([200, true]);
    const between = (await tenant.graph('GET', times)).body;
    expect(between['signInSessionsValidFromDateTime']).not.to.equal(before['signInSessionsValidFromDateTime']);
    expect(between['lastPasswordChangeDateTime']).to.equal(before['lastPasswordChangeDateTime']);
    await tenant.graph('PATCH', path, { passwordProfile: { password: 'correct-horse-battery-staple' } });
    const after = (await tenant.graph('GET', times)).body;
    expect(after['lastPasswordChangeDateTime']).not.to.equal(before['lastPasswordChangeDateTime']);
    expect(JSON.stringify(await tenant.control('GET', '/digest'))).not.to.contain('battery-staple');
  });

  it('refuses sensitive changes of privileged targets when the role of the app is too low', async () => {
    await tenant.control('POST', '/dials', { appRoleTooLow: true });
    for (const user of [people.priyaShah, people.memberOfRoleAssignableGroup]) {
      const seen = await tenant.graph('PATCH', `/users/${user}`, { accountEnabled: false });
      expect([seen.status, messageOf(seen)]).to.deep.equal([403, 'Insufficient privileges to complete the operation.']);
    }
    const plain = await tenant.graph('PATCH', `/users/${people.alexMorgan}`, { accountEnabled: false });
    expect(plain.status).to.equal(204);
    const group = await tenant.graph('DELETE', member(groups.helpdeskAdmins, people.memberOfRoleAssignableGroup));
    expect(group.status).to.equal(403);
  });

  it('takes the disabling of a synced account until Active Directory overwrites it, and refuses mastered properties', async () => {
    const path = `/users/${people.syncedFromActiveDirectory}`;
    const refused = await tenant.graph('PATCH', path, { jobTitle: 'x' });
    expect([refused.status, messageOf(refused)]).to.deep.equal([
      400,
      'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
    ]);
    expect((await tenant.graph('PATCH', path, { accountEnabled: false })).status).to.equal(204);
    const enabled = async (): Promise<unknown> =>
      (await tenant.graph('GET', `${path}?$select=accountEnabled`)).body['accountEnabled'];
    expect(await enabled()).to.equal(false);
    await tenant.control('POST', '/clock', { advance: 31 * 60_000 });
    expect(await enabled()).to.equal(true);
  });

  it('keeps the disabling of a synced account that was made in Active Directory, and its group too', async () => {
    const user = people.syncedFromActiveDirectory;
    const path = `/active-directory/${user}`;
    await tenant.control('POST', path, { accountEnabled: false, leaveGroups: [groups.warehouseSynced] });
    await tenant.control('POST', '/clock', { advance: 31 * 60_000 });
    const account = await tenant.graph('GET', `/users/${user}?$select=accountEnabled`);
    expect(account.body['accountEnabled']).to.equal(false);
    const membership = await tenant.graph('GET', `/users/${user}/memberOf/${groups.warehouseSynced}?$select=id`);
    expect(membership.status).to.equal(404);
    const cloud = await tenant.control('POST', `/active-directory/${people.alexMorgan}`, { accountEnabled: false });
    expect(JSON.stringify(cloud)).to.contain('no account of Active Directory');
  });

  it('removes from a group once, answers 404 the second time, and adds once', async () => {
    const path = member(groups.london, people.alexMorgan);
    expect((await tenant.graph('DELETE', path)).status).to.equal(204);
    const again = await tenant.graph('DELETE', path);
    expect(again.status).to.equal(404);
    expect(messageOf(again)).to.contain('does not exist or one of its queried reference-property objects');
    const add = `/groups/${groups.london}/members/$ref`;
    expect((await tenant.graph('POST', add, reference(people.alexMorgan))).status).to.equal(204);
    const twice = await tenant.graph('POST', add, reference(people.alexMorgan));
    expect([twice.status, messageOf(twice)]).to.deep.equal([
      400,
      "One or more added object references already exist for the following modified properties: 'members'.",
    ]);
    expect((await tenant.graph('POST', add, reference(people.softDeleted))).status).to.equal(404);
  });

  it('refuses dynamic, mail-enabled and synced groups in the words of each', async () => {
    const dynamic = await tenant.graph('DELETE', member(groups.it, people.samOkoro));
    expect(dynamic.status).to.equal(403);
    const list = await tenant.graph('DELETE', member(groups.salesList, people.alexMorgan));
    expect([list.status, messageOf(list)]).to.deep.equal([
      400,
      'Cannot Update a mail-enabled security groups and or distribution list.',
    ]);
    const synced = await tenant.graph('DELETE', member(groups.warehouseSynced, people.syncedFromActiveDirectory));
    expect(synced.status).to.equal(400);
    expect(messageOf(synced)).to.contain('on-premises mastered');
  });

  it('keeps the last owner', async () => {
    const owner = (user: string): string => `/groups/${groups.fieldSales}/owners/${user}/$ref`;
    const refused = await tenant.graph('DELETE', owner(people.soleTeamOwner));
    expect(refused.status).to.equal(400);
    expect(messageOf(refused)).to.contain('must have at least one owner, hence this owner cannot be removed');
    await tenant.graph('POST', `/groups/${groups.fieldSales}/owners/$ref`, reference(people.morganLee));
    expect((await tenant.graph('DELETE', owner(people.soleTeamOwner))).status).to.equal(204);
  });

  it('deletes sign-in methods in one order only: alternate number, number, default last', async () => {
    const base = `/users/${people.alexMorgan}/authentication`;
    const methods = rowsOf(await tenant.graph('GET', `${base}/methods`));
    const app = methods.find((row) => String(row['@odata.type']).includes('microsoftAuthenticator'))?.['id'];
    const phone = (kind: string): unknown => methods.find((row) => row['phoneType'] === kind)?.['id'];
    const remove = async (path: string): Promise<[number, string]> => {
      const seen = await tenant.graph('DELETE', `${base}/${path}`);
      return [seen.status, messageOf(seen)];
    };
    const [status, text] = await remove(`microsoftAuthenticatorMethods/${app}`);
    expect(status).to.equal(400);
    expect(text).to.contain('default authentication method');
    expect((await remove(`phoneMethods/${phone('mobile')}`))[1]).to.contain('alternateMobile');
    expect(await remove(`phoneMethods/${phone('alternateMobile')}`)).to.deep.equal([204, '']);
    expect(await remove(`phoneMethods/${phone('mobile')}`)).to.deep.equal([204, '']);
    expect(await remove(`microsoftAuthenticatorMethods/${app}`)).to.deep.equal([204, '']);
    expect((await remove(`microsoftAuthenticatorMethods/${app}`))[0]).to.equal(404);
    const left = rowsOf(await tenant.graph('GET', `${base}/methods`));
    expect(left.map((row) => row['@odata.type'])).to.deep.equal(['#microsoft.graph.passwordAuthenticationMethod']);
  });

  it('shows a write to reads only after the lag, and to advanced queries later still', async () => {
    await tenant.control('POST', '/dials', { lagMs: 30_000, indexLagMs: 60_000 });
    const path = `/users/${people.alexMorgan}`;
    await tenant.graph('PATCH', path, { accountEnabled: false });
    const enabled = async (): Promise<unknown> =>
      (await tenant.graph('GET', `${path}?$select=accountEnabled`)).body['accountEnabled'];
    const indexed = async (): Promise<number> =>
      rowsOf(
        await tenant.graph(
          'GET',
          "/users?$filter=accountEnabled eq false and displayName eq 'Alex Morgan'&$count=true",
          undefined,
          {
            ConsistencyLevel: 'eventual',
          },
        ),
      ).length;
    expect(await enabled()).to.equal(true);
    const truth = await tenant.control('GET', `/state/${people.alexMorgan}`);
    expect(JSON.stringify(truth['user'])).to.contain('"accountEnabled":false');
    await tenant.control('POST', '/clock', { advance: 31_000 });
    expect([await enabled(), await indexed()]).to.deep.equal([false, 0]);
    await tenant.control('POST', '/clock', { advance: 60_000 });
    expect(await indexed()).to.equal(1);
  });

  it('lets replicas disagree while a write spreads', async () => {
    await tenant.control('POST', '/dials', { lagJitterMs: 60_000 });
    const path = `/users/${people.alexMorgan}`;
    await tenant.graph('PATCH', path, { accountEnabled: false });
    await tenant.control('POST', '/clock', { advance: 30_000 });
    const seen: unknown[] = [];
    for (let at = 0; at < 8; at += 1) {
      seen.push((await tenant.graph('GET', `${path}?$select=accountEnabled`)).body['accountEnabled']);
    }
    expect(new Set(seen)).to.deep.equal(new Set([true, false]));
  });

  it('judges a write by the truth, not by what the reads show', async () => {
    await tenant.control('POST', '/dials', { lagMs: 30_000 });
    const path = member(groups.london, people.alexMorgan);
    await tenant.graph('DELETE', path);
    const stillShown = await tenant.graph('GET', `/users/${people.alexMorgan}/memberOf/${groups.london}?$select=id`);
    expect(stillShown.status).to.equal(200);
    expect((await tenant.graph('DELETE', path)).status).to.equal(404);
  });

  it('comes back as it was after a reset, dials too', async () => {
    const before = (await tenant.control('GET', '/digest'))['sha256'];
    await tenant.graph('PATCH', `/users/${people.alexMorgan}`, { accountEnabled: false });
    await tenant.control('POST', '/dials', { lagMs: 9 });
    expect((await tenant.control('GET', '/digest'))['sha256']).not.to.equal(before);
    await tenant.control('POST', '/reset');
    expect((await tenant.control('GET', '/digest'))['sha256']).to.equal(before);
    expect((await tenant.control('GET', '/dials'))['lagMs']).to.equal(noLag.lagMs);
  });
});
