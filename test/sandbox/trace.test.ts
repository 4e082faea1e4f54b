import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { groups, people, skus } from '#sandbox/firm/ids';
import { openTenant, reference, rowsOf, type TenantClient } from './tenant-client.js';

/** Every read, and the writes with their refusals, of everything that the sandbox serves. */
async function walk(tenant: TenantClient): Promise<void> {
  const user = `/users/${people.alexMorgan}`;
  const group = `/groups/${groups.dealDesk}`;
  const eventual = { ConsistencyLevel: 'eventual' };
  for (const path of [
    '/organization',
    '/domains',
    '/users',
    '/users?$count=true&$top=5',
    user,
    `${user}?$expand=manager($select=id)`,
    `${user}?$select=id,assignedLicenses,licenseAssignmentStates,assignedPlans,provisionedPlans,proxyAddresses,accountEnabled`,
    `${user}/manager`,
    `${user}/directReports`,
    `${user}/memberOf`,
    `${user}/memberOf/microsoft.graph.group`,
    `${user}/memberOf/${groups.london}?$select=id`,
    `${user}/memberOf/${groups.dublin}`,
    `${user}/transitiveMemberOf`,
    `/users/${people.priyaShah}/memberOf`,
    `/users/${people.priyaShah}/authentication/methods`,
    `/users/${people.priyaShah}/transitiveMemberOf/microsoft.graph.directoryRole`,
    `/users/${people.soleTeamOwner}/ownedObjects/microsoft.graph.group`,
    `${user}/ownedObjects`,
    `${user}/licenseDetails`,
    `${user}/authentication/methods`,
    `${user}/authentication/phoneMethods`,
    `${user}/mailboxSettings`,
    `${user}/mailboxSettings/automaticRepliesSetting`,
    `${user}/mailboxSettings/userPurpose`,
    `${user}/joinedTeams`,
    `${user}/mailFolders/inbox/messageRules`,
    `${user}/teamwork/installedApps`,
    '/groups',
    group,
    `${group}/members`,
    `${group}/transitiveMembers`,
    `${group}/owners`,
    `/groups/${groups.licenceEngineering}`,
    '/subscribedSkus',
    '/directoryRoles',
    '/directoryRoles/e1000000-0000-4000-8000-000000000001/members',
    '/roleManagement/directory/roleDefinitions',
    `/roleManagement/directory/roleAssignments?$filter=principalId eq '${people.priyaShah}'&$expand=roleDefinition`,
    '/servicePrincipals',
    '/servicePrincipals/e0000000-0000-4000-8000-000000000001/appRoleAssignments',
    '/servicePrincipals/e0000000-0000-4000-8000-000000000002/appRoleAssignedTo',
    '/directory/deletedItems/microsoft.graph.user',
    `/teams/${groups.dealDesk}/members`,
    '/appCatalogs/teamsApps',
    `/users/${people.withoutMailbox}/mailboxSettings`,
    `${user}?$select=id,signInActivity`,
    '/users/nobody',
    "/users?$filter=department ne 'IT'",
  ]) {
    await tenant.graph('GET', path, undefined, path.includes('$count') ? eventual : {});
  }
  const methods = rowsOf(await tenant.graph('GET', `${user}/authentication/methods`));
  const rules = rowsOf(await tenant.graph('GET', `${user}/mailFolders/inbox/messageRules`));
  const batched = [
    { id: '1', method: 'GET', url: user },
    { id: '2', method: 'GET', url: '/users/nobody' },
  ];
  const app = 'https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/f0000000-0000-4000-8000-000000000001';
  const writes: readonly (readonly [string, string, Parameters<TenantClient['graph']>[2]?])[] = [
    ['PATCH', user, { accountEnabled: false }],
    ['PATCH', `/users/${people.syncedFromActiveDirectory}`, { jobTitle: 'x' }],
    ['POST', `${user}/revokeSignInSessions`],
    ['POST', `${user}/checkMemberGroups`, { groupIds: [groups.london] }],
    ['POST', `${user}/getMemberGroups`, { securityEnabledOnly: true }],
    ['POST', `${user}/assignLicense`, { addLicenses: [], removeLicenses: [skus.e3] }],
    [
      'POST',
      `${user}/assignLicense`,
      { addLicenses: [{ skuId: skus.powerBiPro, disabledPlans: [] }], removeLicenses: [] },
    ],
    ['POST', `${user}/reprocessLicenseAssignment`],
    ['DELETE', `${user}/authentication/microsoftAuthenticatorMethods/${methods[0]?.['id']}`],
    [
      'PATCH',
      `${user}/mailboxSettings`,
      { automaticRepliesSetting: { status: 'alwaysEnabled', externalAudience: 'all' } },
    ],
    ['PATCH', `${user}/mailFolders/inbox/messageRules/${rules[0]?.['id']}`, { isEnabled: false }],
    [
      'POST',
      `${user}/mailFolders/inbox/messageRules`,
      { displayName: 'x', sequence: 3, isEnabled: true, actions: { moveToFolder: 'x' } },
    ],
    ['POST', `${group}/members/$ref`, reference(people.danaReyes)],
    ['DELETE', `${group}/members/${people.danaReyes}/$ref`],
    ['DELETE', `/groups/${groups.fieldSales}/owners/${people.soleTeamOwner}/$ref`],
    ['POST', `${user}/teamwork/installedApps`, { 'teamsApp@odata.bind': app }],
    ['POST', '/$batch', { requests: batched }],
  ];
  for (const [method, path, body] of writes) await tenant.graph(method, path, body);
  await tenant.control('POST', `/sign-in/${people.alexMorgan}`, {});
  await tenant.graph('GET', `${user}?$select=id,signInActivity`);
  const since = 'activityDateTime ge 2020-01-01T00:00:00.000Z';
  await tenant.graph(
    'GET',
    `/auditLogs/directoryAudits?$filter=targetResources/any(t:t/id eq '${people.alexMorgan}') and ${since}`,
  );
  await tenant.graph('GET', '/auditLogs/directoryAudits?$top=3');
  await tenant.graph('GET', `${user}/teamwork/installedApps?$expand=teamsApp`);
}

describe('[contract] sandbox/graph answers', () => {
  let tenant: TenantClient;
  before(async () => {
    tenant = await openTenant();
    await walk(tenant);
  });
  after(() => tenant.close());

  it('serves everything that the walk asks for', async () => {
    expect(await tenant.control('GET', '/unsupported')).to.deep.equal([]);
    expect(tenant.trace.filter((line) => line.status >= 500)).to.deep.equal([]);
  });

  // Graph's published metadata is not part of the project; where it lies beside it, the answers are held against it.
  const checker = join(process.cwd(), '..', 'shared', 'contract', 'check-graph-trace.mjs');
  if (existsSync(checker)) {
    it('has no property and no shape that Graph v1.0 does not have', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'sandbox-trace-'));
      const file = join(folder, 'trace.jsonl');
      const lines = tenant.trace.filter((line) => line.url.startsWith('/v1.0')).map((line) => JSON.stringify(line));
      await writeFile(file, lines.join('\n'));
      const { stdout } = await promisify(execFile)(process.execPath, [checker, file]).catch((error: unknown) => {
        if (error instanceof Error && 'stdout' in error) return { stdout: String(error.stdout) };
        throw error;
      });
      await rm(folder, { recursive: true });
      expect(stdout).to.match(/^\d+ requests held against the v1\.0 metadata, 0 findings/);
    });
  }
});
