import { z } from 'zod';
import type { StepContext } from '#engine/step';

/**
 * One group the person is a direct member of. `through` says what can end the membership: Graph, Exchange (Graph refuses
 * distribution lists and mail-enabled security groups), the group's own rule, or Active Directory.
 */
export interface Membership {
  readonly id: string;
  readonly displayName: string;
  readonly through: 'graph' | 'exchange' | 'rule' | 'active-directory';
  readonly membershipRule?: string;
  readonly carriesLicence: boolean;
  readonly roleAssignable: boolean;
  readonly isTeam: boolean;
}

const group = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  groupTypes: z.string().array().nullish(),
  mailEnabled: z.boolean().nullish(),
  membershipRule: z.string().nullish(),
  membershipRuleProcessingState: z.string().nullish(),
  onPremisesSyncEnabled: z.boolean().nullish(),
  isAssignableToRole: z.boolean().nullish(),
  assignedLicenses: z.unknown().array().nullish(),
  resourceProvisioningOptions: z.string().array().nullish(),
});

type Group = z.infer<typeof group>;

const selected = Object.keys(group.shape).join(',');

function throughOf({ groupTypes, mailEnabled, onPremisesSyncEnabled }: Group): Membership['through'] {
  if (onPremisesSyncEnabled) return 'active-directory';
  if (groupTypes?.includes('DynamicMembership')) return 'rule';
  return mailEnabled && !groupTypes?.includes('Unified') ? 'exchange' : 'graph';
}

function membershipOf(read: Group): Membership {
  return {
    id: read.id,
    displayName: read.displayName ?? read.id,
    through: throughOf(read),
    carriesLicence: (read.assignedLicenses?.length ?? 0) > 0,
    roleAssignable: read.isAssignableToRole === true,
    isTeam: read.resourceProvisioningOptions?.includes('Team') === true,
    // A rule whose processing is paused moves nobody.
    ...(read.membershipRule && read.membershipRuleProcessingState !== 'Paused'
      ? { membershipRule: read.membershipRule }
      : {}),
  };
}

/**
 * The groups the person is a direct member of (Directory.Read.All, the least that lists memberOf). Nested memberships are not
 * listed: they end with the direct one they come from.
 * https://learn.microsoft.com/graph/api/user-list-memberof
 */
export async function readMemberships({ graph, userId }: StepContext): Promise<readonly Membership[]> {
  const groups = await graph.list(
    `/users/${userId}/memberOf/microsoft.graph.group?$select=${selected}&$top=999`,
    group,
  );
  return groups.map(membershipOf);
}

/** One group by its id (GroupMember.Read.All). */
export async function readGroup({ graph }: StepContext, groupId: string): Promise<Membership> {
  return membershipOf(await graph.get(`/groups/${groupId}?$select=${selected}`, group));
}

/** Blocking the account ends the membership: Entra evaluates the rule again, minutes later. */
export function dropsBlockedAccounts({ through, membershipRule }: Membership): boolean {
  return through === 'rule' && /\baccountEnabled\b/i.test(membershipRule ?? '');
}
