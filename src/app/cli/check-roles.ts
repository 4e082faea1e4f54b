import { type Finding, missing, note, ok } from '#app/cli/finding';
import type { Granted } from '#app/cli/granted';
import type { Workflow } from '#engine/workflow';

/** Template ids of built-in roles, the same in every tenant. https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference */
const roles = {
  globalAdministrator: '62e90394-69f5-4237-9190-012177145e10',
  privilegedAuthenticationAdministrator: '7be44c8a-adaf-4e2a-84d6-ab2649e08a13',
  userAdministrator: 'fe930be7-5e62-47db-91af-98c3a49a38b1',
  exchangeAdministrator: '29232cdf-9323-42fd-ade2-1d097af3e4de',
  exchangeRecipientAdministrator: '31392ffb-586c-42d1-9346-e59415a2cc4e',
  globalReader: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
} as const;

/** What application permissions never reach by themselves: holders of administrator roles, and anything in Exchange. */
export function checkRoles(granted: Granted, workflows: readonly Workflow[], reading: boolean): readonly Finding[] {
  return reading ? readingRoles(granted) : [...administratorRoles(granted, workflows), ...exchangeRoles(granted)];
}

function has(granted: Granted, ...names: readonly (keyof typeof roles)[]): boolean {
  return names.some((name) => granted.roleIds.has(roles[name]));
}

const give = (role: string, granted: Granted) =>
  `Grant it: Entra admin centre > Roles & admins > ${role} > Add assignments > ${granted.name}.`;

function administratorRoles(granted: Granted, workflows: readonly Workflow[]): readonly Finding[] {
  const sensitive = workflows
    .flatMap(({ steps }) => steps)
    .filter(({ step }) =>
      step.permissions.some(
        (p) => p === 'User.EnableDisableAccount.All' || p === 'UserAuthenticationMethod.ReadWrite.All',
      ),
    )
    .map(({ step }) => step.id)
    .join(', ');
  if (has(granted, 'globalAdministrator', 'privilegedAuthenticationAdministrator'))
    return [ok('Directory role: reaches leavers who hold administrator roles, Global Administrator too')];
  const reach = note(
    `Leavers who hold a high administrator role, or are in a role-assignable group, need a person: ${sensitive} answer "Insufficient privileges" there and become exceptions. ` +
      'Privileged Authentication Administrator would reach them; grant it only if Latchkey is to do these too.',
  );
  if (has(granted, 'userAdministrator'))
    return [ok('Directory role User Administrator: reaches leavers who hold a low administrator role'), reach];
  return [
    missing(
      `Directory role User Administrator for the application itself: without it ${sensitive} fail for every leaver who holds an administrator role. ${give('User Administrator', granted)}`,
    ),
    reach,
  ];
}

function exchangeRoles(granted: Granted): readonly Finding[] {
  if (has(granted, 'globalAdministrator', 'exchangeAdministrator'))
    return [ok('Directory role Exchange Administrator: cmdlets may change mailboxes and lists')];
  if (has(granted, 'exchangeRecipientAdministrator'))
    return [
      note(
        `Directory role Exchange Recipient Administrator: lists that the application does not own may refuse (groups.leave-lists). Exchange Administrator would do. ${give('Exchange Administrator', granted)}`,
      ),
    ];
  return [
    missing(
      `Directory role Exchange Administrator for the application itself: Exchange.ManageAsApp alone runs no cmdlet; every mailbox step and groups.leave-lists need it. ${give('Exchange Administrator', granted)} (A role group of your own in Exchange does as well; the doctor cannot see into it.)`,
    ),
  ];
}

function readingRoles(granted: Granted): readonly Finding[] {
  if (has(granted, 'globalReader', 'globalAdministrator', 'exchangeAdministrator', 'exchangeRecipientAdministrator'))
    return [ok('Directory role: may read mailboxes')];
  return [
    missing(
      `Directory role Global Reader for the application itself, to read mailboxes and lists in Exchange. ${give('Global Reader', granted)}`,
    ),
  ];
}
