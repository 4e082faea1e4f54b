import { groups, latchkeyServicePrincipalId, people } from '#sandbox/firm/ids';
import type { RoleAssignment } from '#sandbox/tenant/world';

/** A built-in directory role. `templateId` is the same in every tenant, `objectId` is this tenant's activated role. */
export interface DirectoryRole {
  readonly templateId: string;
  readonly objectId: string;
  readonly displayName: string;
  readonly description: string;
}

function role(serial: number, templateId: string, displayName: string, description: string): DirectoryRole {
  return { templateId, objectId: `e1000000-0000-4000-8000-00000000000${serial}`, displayName, description };
}

const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';
const userAdministrator = 'fe930be7-5e62-47db-91af-98c3a49a38b1';
const exchangeAdministrator = '29232cdf-9323-42fd-ade2-1d097af3e4de';
const helpdeskAdministrator = '729827e3-9c14-49f7-bb1b-9608f156bbb8';
const privilegedAuthenticationAdministrator = '7be44c8a-adaf-4e2a-84d6-ab2649e08a13';

export const directoryRoles: readonly DirectoryRole[] = [
  role(1, globalAdministrator, 'Global Administrator', 'Can manage all aspects of Entra and the services on it.'),
  role(2, userAdministrator, 'User Administrator', 'Can manage users and groups, and reset limited passwords.'),
  role(3, exchangeAdministrator, 'Exchange Administrator', 'Can manage all aspects of Exchange.'),
  role(4, helpdeskAdministrator, 'Helpdesk Administrator', 'Can reset passwords of non-administrators.'),
  role(
    5,
    privilegedAuthenticationAdministrator,
    'Privileged Authentication Administrator',
    'Can manage sign-in methods of every user, administrators too.',
  ),
];

function assignment(serial: number, principalId: string, roleDefinitionId: string): RoleAssignment {
  return { id: `lAPpYvVpN0KRkAEhdxReEA00000000-${serial}`, principalId, roleDefinitionId };
}

export const seededRoleAssignments: readonly RoleAssignment[] = [
  assignment(1, people.priyaShah, globalAdministrator),
  assignment(2, people.breakGlass, globalAdministrator),
  assignment(3, groups.helpdeskAdmins, helpdeskAdministrator),
  assignment(4, latchkeyServicePrincipalId, userAdministrator),
  assignment(5, latchkeyServicePrincipalId, exchangeAdministrator),
];
