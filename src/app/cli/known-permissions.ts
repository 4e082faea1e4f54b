/** An application permission as administrators grant it. */
export interface KnownPermission {
  readonly api: 'Microsoft Graph' | 'Office 365 Exchange Online';
  readonly appRoleId: string;
  /** What it lets the application do, for whoever has to consent. */
  readonly allows: string;
  /** What reading alone needs instead, before the first write is granted; undefined: nothing. */
  readonly toRead: string | undefined;
  /** Permissions that hold it as well, so that a tenant which granted those lacks nothing. */
  readonly within: readonly string[];
}

const graph = 'Microsoft Graph';

/**
 * The permissions that steps may ask for. A new step that asks for another one adds it here: `docs/permissions.md` cannot be
 * written before. Ids and what holds what: https://learn.microsoft.com/graph/permissions-reference
 */
export const knownPermissions: Readonly<Record<string, KnownPermission>> = {
  'User.Read.All': {
    api: graph,
    appRoleId: 'df021288-bdef-4463-88db-98f22de89214',
    allows: 'read everybody’s profile, manager and reports',
    toRead: 'User.Read.All',
    within: ['User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  },
  'GroupMember.Read.All': {
    api: graph,
    appRoleId: '98830695-27a2-44f7-8c18-0c3ebc9698f6',
    allows: 'read groups and who is in them',
    toRead: 'GroupMember.Read.All',
    within: [
      'GroupMember.ReadWrite.All',
      'Group.Read.All',
      'Group.ReadWrite.All',
      'Directory.Read.All',
      'Directory.ReadWrite.All',
    ],
  },
  'Directory.Read.All': {
    api: graph,
    appRoleId: '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
    allows: 'read the directory: every group of a person, of whatever kind, and what an application was granted',
    toRead: 'Directory.Read.All',
    within: ['Directory.ReadWrite.All'],
  },
  'User.EnableDisableAccount.All': {
    api: graph,
    appRoleId: '3011c876-62b7-4ada-afa2-506cbbecc68c',
    allows: 'block and allow sign-in',
    toRead: undefined,
    within: ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
  },
  'User.RevokeSessions.All': {
    api: graph,
    appRoleId: '77f3a031-c388-4f99-b373-dc68676a979e',
    allows: 'end everybody’s sessions',
    toRead: undefined,
    within: ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
  },
  'UserAuthenticationMethod.Read.All': {
    api: graph,
    appRoleId: '38d9df27-64da-44fd-b7c5-a6fbac20248f',
    allows: 'read which sign-in methods people registered',
    toRead: 'UserAuthenticationMethod.Read.All',
    within: ['UserAuthenticationMethod.ReadWrite.All'],
  },
  'UserAuthenticationMethod.ReadWrite.All': {
    api: graph,
    appRoleId: '50483e42-d915-4231-9639-7fdb7fd190e5',
    allows: 'delete sign-in methods',
    toRead: 'UserAuthenticationMethod.Read.All',
    within: [],
  },
  'GroupMember.ReadWrite.All': {
    api: graph,
    appRoleId: 'dbaae8cf-10b5-4b86-a4a1-f871c94c6695',
    allows: 'take people out of groups',
    toRead: 'GroupMember.Read.All',
    within: ['Group.ReadWrite.All', 'Directory.ReadWrite.All'],
  },
  'AuditLog.Read.All': {
    api: graph,
    appRoleId: 'b0afded3-3588-46d8-8b3d-9842eff778da',
    allows: 'read when people last signed in, and the directory’s audit log',
    toRead: 'AuditLog.Read.All',
    within: [],
  },
  'LicenseAssignment.Read.All': {
    api: graph,
    appRoleId: 'e2f98668-2877-4f38-a2f4-8202e0717aa1',
    allows: 'read subscriptions and who has which licence',
    toRead: 'LicenseAssignment.Read.All',
    within: ['LicenseAssignment.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  },
  'LicenseAssignment.ReadWrite.All': {
    api: graph,
    appRoleId: '5facf0c1-8979-4e95-abcf-ff3d079771c0',
    allows: 'give and take licences',
    toRead: 'LicenseAssignment.Read.All',
    within: ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
  },
  'MailboxSettings.Read': {
    api: graph,
    appRoleId: '40f97065-369a-49f4-947c-6a255697ae91',
    allows: 'read automatic replies and inbox rules',
    toRead: 'MailboxSettings.Read',
    within: ['MailboxSettings.ReadWrite'],
  },
  'MailboxSettings.ReadWrite': {
    api: graph,
    appRoleId: '6931bccd-447a-43d1-b442-00a195474933',
    allows: 'set automatic replies, disable inbox rules',
    toRead: 'MailboxSettings.Read',
    within: [],
  },
  'Exchange.ManageAsApp': {
    api: 'Office 365 Exchange Online',
    appRoleId: 'dc50a0fb-09a3-484d-be87-e023b12c6440',
    allows: 'run Exchange cmdlets, as far as the directory role of the application reaches',
    toRead: 'Exchange.ManageAsApp',
    within: [],
  },
};

export function knownPermission(name: string): KnownPermission {
  const known = knownPermissions[name];
  if (!known)
    throw new Error(`${name} is not in src/app/cli/known-permissions.ts: look up its app role id and enter it`);
  return known;
}
