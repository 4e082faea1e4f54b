import { expect } from 'chai';
import { groups, people } from '#sandbox/firm/ids';
import { openTenant, reference, rowsOf, type TenantClient } from './tenant-client.js';

describe('[unit] sandbox/graph/audit-logs', () => {
  let tenant: TenantClient;
  beforeEach(async () => {
    tenant = await openTenant();
  });
  afterEach(() => tenant.close());

  const about = async (userId: string, since = '2020-01-01T00:00:00Z') => {
    const filter = encodeURIComponent(`targetResources/any(t:t/id eq '${userId}') and activityDateTime ge ${since}`);
    const seen = await tenant.graph('GET', `/auditLogs/directoryAudits?$filter=${filter}`);
    return rowsOf(seen).map((row) => ({
      activity: row['activityDisplayName'],
      by: JSON.stringify(row['initiatedBy']),
      at: String(row['activityDateTime']),
    }));
  };

  it('names the application, the person and the synchronisation that did something, newest first', async () => {
    const user = people.syncedFromActiveDirectory;
    await tenant.graph('PATCH', `/users/${user}`, { accountEnabled: false });
    await tenant.graph('POST', `/groups/${groups.dealDesk}/members/$ref`, reference(user), {
      authorization: `Bearer ${people.samOkoro}`,
    });
    await tenant.control('POST', '/clock', { advance: 3_600_000 });
    const rows = await about(user);
    expect(rows.map(({ activity }) => activity)).to.deep.equal([
      'Update user',
      'Enable account',
      'Add member to group',
      'Update user',
      'Disable account',
    ]);
    expect(rows[0]?.by).to.include('Sync_NWT-DC01');
    expect(rows[2]?.by).to.include('Sam Okoro');
    expect(rows[4]?.by).to.include('"displayName":"Latchkey"');
    // Active Directory took half an hour, though nobody looked before the hour was over.
    expect(Date.parse(rows[1]?.at ?? '') - Date.parse(rows[4]?.at ?? '')).to.be.within(1_790_000, 1_860_000);
  });

  it('answers what was done since, to whom it was asked about; another filter is refused, not ignored', async () => {
    await tenant.graph('PATCH', `/users/${people.alexMorgan}`, { accountEnabled: false });
    await tenant.graph('PATCH', `/users/${people.morganLee}`, { jobTitle: 'Boss' });
    expect(await about(people.alexMorgan)).to.have.length(2);
    expect(await about(people.alexMorgan, '2090-01-01T00:00:00Z')).to.deep.equal([]);
    expect(rowsOf(await tenant.graph('GET', '/auditLogs/directoryAudits'))).to.have.length(3);
    const other = await tenant.graph('GET', "/auditLogs/directoryAudits?$filter=category eq 'UserManagement'");
    expect(other.status).to.equal(501);
  });

  it('tells of a sign-in only when it is asked for', async () => {
    await tenant.control('POST', `/sign-in/${people.alexMorgan}`, { at: '2026-11-21T08:00:00Z' });
    const plain = await tenant.graph('GET', `/users/${people.alexMorgan}`);
    expect(plain.body).to.not.have.property('signInActivity');
    const asked = await tenant.graph('GET', `/users/${people.alexMorgan}?$select=id,signInActivity`);
    expect(asked.body['signInActivity']).to.include({ lastSuccessfulSignInDateTime: '2026-11-21T08:00:00.000Z' });
    expect(await about(people.alexMorgan)).to.deep.equal([]);
  });
});
