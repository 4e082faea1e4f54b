export interface Route {
  readonly method: string;
  /** Below the version, with ids: `/users/a0…/memberOf/b0…`; every cmdlet is `/InvokeCommand`. */
  readonly path: string;
}

/**
 * Which application permissions are each enough for a route, from Microsoft's permission reference; a table of its own, so that a
 * step's declaration is not held against itself. https://learn.microsoft.com/graph/permissions-reference
 */
const table: readonly (readonly [method: string, path: RegExp, ...enough: string[]])[] = [
  ['POST', /^\/InvokeCommand$/, 'Exchange.ManageAsApp'],
  ['GET', /^\/organization$/, 'Organization.Read.All', 'User.Read.All', 'Directory.Read.All'],
  ['GET', /^\/groups\/[^/]+$/, 'GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All'],
  ['DELETE', /^\/groups\/[^/]+\/members\/[^/]+\/\$ref$/, 'GroupMember.ReadWrite.All', 'Group.ReadWrite.All'],
  ['POST', /^\/groups\/[^/]+\/members\/\$ref$/, 'GroupMember.ReadWrite.All', 'Group.ReadWrite.All'],
  ['GET', /^\/users\/[^/]+$/, 'User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All'],
  ['PATCH', /^\/users\/[^/]+$/, 'User.EnableDisableAccount.All', 'User.ReadWrite.All'],
  ['POST', /^\/users\/[^/]+\/revokeSignInSessions$/, 'User.RevokeSessions.All', 'User.ReadWrite.All'],
  ['POST', /^\/users\/[^/]+\/assignLicense$/, 'LicenseAssignment.ReadWrite.All', 'User.ReadWrite.All'],
  ['GET', /^\/users\/[^/]+\/licenseDetails$/, 'LicenseAssignment.Read.All', 'User.Read.All', 'Directory.Read.All'],
  ['GET', /^\/users\/[^/]+\/memberOf\/microsoft\.graph\.group$/, 'Directory.Read.All', 'GroupMember.ReadBasic.All'],
  ['GET', /^\/users\/[^/]+\/memberOf\/[0-9a-f-]+$/, 'User.Read.All'],
  [
    'GET',
    /^\/users\/[^/]+\/authentication\/methods$/,
    'UserAuthenticationMethod.Read.All',
    'UserAuthenticationMethod.ReadWrite.All',
  ],
  ['DELETE', /^\/users\/[^/]+\/authentication\/\w+\/[^/]+$/, 'UserAuthenticationMethod.ReadWrite.All'],
  ['GET', /^\/users\/[^/]+\/mailFolders\/inbox\/messageRules$/, 'MailboxSettings.Read', 'MailboxSettings.ReadWrite'],
  ['PATCH', /^\/users\/[^/]+\/mailFolders\/inbox\/messageRules\/[^/]+$/, 'MailboxSettings.ReadWrite'],
  [
    'GET',
    /^\/users\/[^/]+\/mailboxSettings\/automaticRepliesSetting$/,
    'MailboxSettings.Read',
    'MailboxSettings.ReadWrite',
  ],
  ['PATCH', /^\/users\/[^/]+\/mailboxSettings$/, 'MailboxSettings.ReadWrite'],
];

/** Throws for a route that the table does not know: it has to be looked up and entered. */
export function permissionsFor({ method, path }: Route): readonly string[] {
  const row = table.find(([verb, pattern]) => verb === method && pattern.test(path));
  if (!row) throw new Error(`no permission is known for ${method} ${path}`);
  const [, , ...enough] = row;
  return enough;
}
