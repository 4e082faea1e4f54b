import { addressOf, allPeople } from '#sandbox/firm/build-people';
import { type GroupSeed, groupSeeds } from '#sandbox/firm/group-seeds';
import { personId } from '#sandbox/firm/ids';
import type { Group, JsonObject } from '#sandbox/tenant/world';

/** Guests, service accounts and the break-glass account are in no "everybody" group. */
const staff = allPeople.filter(
  (seed) => !seed.guest && seed.deletedDaysAgo === undefined && !addressOf(seed).endsWith('.onmicrosoft.com'),
);

function membersOf(seed: GroupSeed): readonly string[] {
  const { everyone } = seed;
  const several = everyone
    ? staff
        .filter((person) => everyone.site === undefined || person.site === everyone.site)
        .filter((person) => everyone.department === undefined || person.department === everyone.department)
        .map((person) => personId(person.number))
    : [];
  return [...new Set([...(seed.members ?? []), ...several])];
}

function propertiesOf(seed: GroupSeed): JsonObject {
  const unified = seed.kind === 'microsoft365' || seed.kind === 'team';
  const mailEnabled = unified || seed.kind === 'distribution' || seed.kind === 'mailSecurity';
  const address = `${seed.nickname}@northwind.example`;
  return {
    createdDateTime: '2021-03-01T09:00:00Z',
    description: seed.description ?? null,
    displayName: seed.name,
    groupTypes: [...(unified ? ['Unified'] : []), ...(seed.rule === undefined ? [] : ['DynamicMembership'])],
    isAssignableToRole: seed.roleAssignable ?? null,
    isManagementRestricted: null,
    mail: mailEnabled ? address : null,
    mailEnabled,
    mailNickname: seed.nickname,
    membershipRule: seed.rule ?? null,
    membershipRuleProcessingState: seed.rule === undefined ? null : 'On',
    onPremisesSyncEnabled: seed.synced ? true : null,
    onPremisesLastSyncDateTime: seed.synced ? '2025-01-06T09:00:00Z' : null,
    proxyAddresses: mailEnabled ? [`SMTP:${address}`] : [],
    resourceProvisioningOptions: seed.kind === 'team' ? ['Team'] : [],
    securityEnabled: seed.kind === 'security' || seed.kind === 'mailSecurity',
    visibility: unified ? 'Private' : null,
  };
}

export function buildGroups(): Readonly<Record<string, Group>> {
  return Object.fromEntries(
    groupSeeds.map((seed): [string, Group] => [
      seed.id,
      {
        id: seed.id,
        properties: propertiesOf(seed),
        memberIds: membersOf(seed),
        ownerIds: seed.owners ?? [],
        licences: seed.licences ?? [],
      },
    ]),
  );
}
