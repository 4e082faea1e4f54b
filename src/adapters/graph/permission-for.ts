import type { WireCall } from '#adapters/graph/wire-call';

interface Rule {
  readonly methods: readonly WireCall['method'][];
  readonly path: RegExp;
  readonly permission: string;
}

const read: Rule['methods'] = ['GET'];
const change: Rule['methods'] = ['POST', 'PATCH', 'PUT', 'DELETE'];

/** Least application permissions as Graph's permission tables list them; the first rule that fits decides. */
const rules: readonly Rule[] = [
  { methods: change, path: /^\/users\/[^/]+\/revokeSignInSessions/, permission: 'User.RevokeSessions.All' },
  { methods: change, path: /^\/(users|groups)\/[^/]+\/assignLicense/, permission: 'LicenseAssignment.ReadWrite.All' },
  { methods: change, path: /^\/users\/[^/]+\/reprocessLicenseAssignment/, permission: 'User.ReadWrite.All' },
  { methods: read, path: /^\/(subscribedSkus|users\/[^/]+\/licenseDetails)/, permission: 'LicenseAssignment.Read.All' },
  { methods: read, path: /^\/users\/[^/]+\/authentication\//, permission: 'UserAuthenticationMethod.Read.All' },
  { methods: change, path: /^\/users\/[^/]+\/authentication\//, permission: 'UserAuthenticationMethod.ReadWrite.All' },
  {
    methods: read,
    path: /^\/users\/[^/]+\/(mailboxSettings|mailFolders\/[^/]+\/messageRules)/,
    permission: 'MailboxSettings.Read',
  },
  {
    methods: change,
    path: /^\/users\/[^/]+\/(mailboxSettings|mailFolders\/[^/]+\/messageRules)/,
    permission: 'MailboxSettings.ReadWrite',
  },
  { methods: read, path: /^\/users\/[^/]+\/joinedTeams/, permission: 'Team.ReadBasic.All' },
  { methods: change, path: /^\/teams\/[^/]+\/members/, permission: 'TeamMember.ReadWriteNonOwnerRole.All' },
  { methods: change, path: /^\/groups\/[^/]+\/members/, permission: 'GroupMember.ReadWrite.All' },
  { methods: change, path: /^\/groups\//, permission: 'Group.ReadWrite.All' },
  { methods: read, path: /^\/groups/, permission: 'GroupMember.Read.All' },
  { methods: read, path: /^\/(directoryRoles|roleManagement\/directory)/, permission: 'RoleManagement.Read.Directory' },
  { methods: read, path: /^\/servicePrincipals/, permission: 'Application.Read.All' },
  { methods: read, path: /^\/organization/, permission: 'Organization.Read.All' },
  { methods: read, path: /^\/domains/, permission: 'Domain.Read.All' },
  { methods: read, path: /^\/appCatalogs\/teamsApps/, permission: 'AppCatalog.Read.All' },
  {
    methods: [...read, ...change],
    path: /^\/users\/[^/]+\/teamwork\/installedApps/,
    permission: 'TeamsAppInstallation.ReadWriteSelfForUser.All',
  },
  {
    methods: change,
    path: /^\/users\/[^/]+\/(check|get)Member(Groups|Objects)/,
    permission: 'User.Read.All and GroupMember.Read.All',
  },
  { methods: change, path: /^\/users/, permission: 'User.ReadWrite.All' },
  { methods: read, path: /^\/(users|directory\/deletedItems\/microsoft\.graph\.user)/, permission: 'User.Read.All' },
];

/**
 * What would help after a 401 or 403. Application permissions alone never reach somebody who holds an administrator role: there
 * the app itself needs a directory role, and Graph answers the same "Insufficient privileges" for both.
 */
export function permissionFor(call: WireCall): string | undefined {
  const permission = permissionOf(call);
  if (permission === undefined) return undefined;
  return call.kind === 'write' && /^\/(users|groups)\//.test(call.path)
    ? `${permission}; for a holder of an administrator role, or a role-assignable group, also a directory role of the app itself`
    : permission;
}

function permissionOf(call: WireCall): string | undefined {
  const isUser = /^\/users\/[^/?]+$/.test(call.path);
  if (call.method === 'PATCH' && isUser && onlyDisables(call.body))
    return 'User.EnableDisableAccount.All and User.Read.All';
  return rules.find((rule) => rule.methods.includes(call.method) && rule.path.test(call.path))?.permission;
}

function onlyDisables(body: unknown): boolean {
  return body !== null && typeof body === 'object' && Object.keys(body).join() === 'accountEnabled';
}
