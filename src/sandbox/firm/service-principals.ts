import { graphAppRoles } from '#sandbox/firm/graph-app-roles';
import {
  exchangeServicePrincipalId,
  graphServicePrincipalId,
  latchkeyAppId,
  latchkeyServicePrincipalId,
  tenantId,
} from '#sandbox/firm/ids';
import type { JsonObject } from '#sandbox/tenant/world';

export interface ServicePrincipal {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  /** Application permissions that it offers to others. */
  readonly appRoles: readonly (readonly [value: string, id: string])[];
}

export const servicePrincipals: readonly ServicePrincipal[] = [
  { id: latchkeyServicePrincipalId, appId: latchkeyAppId, displayName: 'Latchkey', appRoles: [] },
  {
    id: graphServicePrincipalId,
    appId: '00000003-0000-0000-c000-000000000000',
    displayName: 'Microsoft Graph',
    appRoles: graphAppRoles,
  },
  {
    id: exchangeServicePrincipalId,
    appId: '00000002-0000-0ff1-ce00-000000000000',
    displayName: 'Office 365 Exchange Online',
    appRoles: [['Exchange.ManageAsApp', 'dc50a0fb-09a3-484d-be87-e023b12c6440']],
  },
];

/** What the administrator has consented to for Latchkey: what its read, access-closing and mail steps ask for. */
const granted: readonly string[] = [
  'AppCatalog.Read.All',
  'Application.Read.All',
  'AuditLog.Read.All',
  'Directory.Read.All',
  'Domain.Read.All',
  'Group.Read.All',
  'GroupMember.Read.All',
  'GroupMember.ReadWrite.All',
  'LicenseAssignment.Read.All',
  'LicenseAssignment.ReadWrite.All',
  'MailboxSettings.Read',
  'MailboxSettings.ReadWrite',
  'Mail.Send',
  'Organization.Read.All',
  'RoleManagement.Read.Directory',
  'Team.ReadBasic.All',
  'TeamMember.ReadWriteNonOwnerRole.All',
  'TeamsAppInstallation.ReadWriteSelfForUser.All',
  'User.EnableDisableAccount.All',
  'User.Read.All',
  'User.ReadWrite.All',
  'User.RevokeSessions.All',
  'User-PasswordProfile.ReadWrite.All',
  'UserAuthenticationMethod.Read.All',
  'UserAuthenticationMethod.ReadWrite.All',
  'Exchange.ManageAsApp',
];

export function servicePrincipalResource(principal: ServicePrincipal): JsonObject {
  return {
    id: principal.id,
    deletedDateTime: null,
    accountEnabled: true,
    appDisplayName: principal.displayName,
    appId: principal.appId,
    appOwnerOrganizationId: tenantId,
    appRoleAssignmentRequired: false,
    displayName: principal.displayName,
    servicePrincipalType: 'Application',
    appRoles: principal.appRoles.map(([value, id]) => ({
      id,
      value,
      displayName: value,
      description: value,
      allowedMemberTypes: ['Application'],
      isEnabled: true,
      origin: 'Application',
    })),
  };
}

/** Latchkey's app role assignments, without those that a dial withholds. */
export function appRoleAssignments(withheld: readonly string[]): readonly JsonObject[] {
  return servicePrincipals.flatMap((resource) =>
    resource.appRoles
      .filter(([value]) => granted.includes(value) && !withheld.includes(value))
      .map(([, appRoleId]) => ({
        id: Buffer.from(`${latchkeyServicePrincipalId}${appRoleId}`).toString('base64url').slice(-43),
        deletedDateTime: null,
        appRoleId,
        createdDateTime: '2025-01-06T10:00:00Z',
        principalDisplayName: 'Latchkey',
        principalId: latchkeyServicePrincipalId,
        principalType: 'ServicePrincipal',
        resourceDisplayName: resource.displayName,
        resourceId: resource.id,
      })),
  );
}

/** Names of the application permissions in a token of Latchkey's. */
export function grantedRoleNames(withheld: readonly string[]): readonly string[] {
  return granted.filter((value) => !withheld.includes(value));
}
