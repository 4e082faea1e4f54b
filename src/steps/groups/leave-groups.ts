import { Failure, isFailure } from '#domain/failure';
import { reverseChange } from '#domain/reverse-change';
import type { Planned, Step } from '#engine/step';
import { isDirectMember, membershipState, setMembership } from '#steps/groups/membership';
import { dropsBlockedAccounts, type Membership, readMemberships } from '#steps/groups/read-groups';

const id = 'groups.leave-groups';

/** Only administrators who accept this permission can let Latchkey change groups that give administrator roles. */
const roleGroupPermission = 'RoleManagement.ReadWrite.Directory';

function staysByRule(group: Membership): string {
  return dropsBlockedAccounts(group)
    ? `${group.displayName} is left by its own rule once the account is blocked`
    : `Stays in ${group.displayName}: its members follow a rule`;
}

function plannedFor(group: Membership): Planned {
  const key = `${id}:${group.id}`;
  const target = { kind: 'group', id: group.id, displayName: group.displayName } as const;
  if (group.through === 'rule') {
    const data = { member: true, through: 'rule', membershipRule: group.membershipRule ?? null };
    return { kind: 'not-needed', key, target, observation: { text: staysByRule(group), data } };
  }
  if (group.through === 'active-directory') {
    return {
      kind: 'blocked',
      key,
      target,
      code: 'latchkey.ad-synced',
      title: `${group.displayName} must be left in Active Directory`,
      saw: 'The group is synchronised from Active Directory and cannot be changed in Entra.',
      advice:
        'Remove the person from the group in Active Directory, wait for the synchronisation, then say Done by hand.',
    };
  }
  const through = { through: 'graph', ...(group.roleAssignable ? { roleAssignable: true } : {}) } as const;
  return {
    kind: 'change',
    change: {
      key,
      target,
      before: { member: true, ...through },
      after: { member: false, ...through },
      ...(group.roleAssignable ? { attention: `${group.displayName} gives administrator roles` } : {}),
    },
  };
}

/**
 * Ends direct memberships of security and Microsoft 365 groups, one change a group. Lists and mail-enabled security groups
 * belong to Exchange (`groups.leave-lists`), groups that carry a licence wait for the mailbox (`groups.leave-licence-groups`).
 * https://learn.microsoft.com/graph/api/group-delete-members
 */
export const leaveGroups: Step = {
  id,
  version: 1,
  permissions: ['GroupMember.ReadWrite.All', 'Directory.Read.All', 'User.Read.All'],
  executor: 'graph',
  risk: 'routine',
  effect: 'set',
  proof: 'read-back',
  byHand: 'Entra admin centre > Users > the person > Groups: remove all, except those that carry a licence',
  after: [],

  describe: ({ target, after }) =>
    membershipState.safeParse(after).data?.member
      ? { group: 'Access', will: `Joins ${target.displayName}`, done: `Joined ${target.displayName}` }
      : {
          group: 'Access',
          will: `Leaves ${target.displayName}`,
          done: `Left ${target.displayName}`,
          back: `is in ${target.displayName}`,
        },

  async plan(ctx) {
    const groups = (await readMemberships(ctx)).filter(
      (group) => !group.carriesLicence && group.through !== 'exchange',
    );
    if (groups.length > 0) return groups.map(plannedFor);
    const target = { kind: 'user', id: ctx.userId, displayName: 'Groups' } as const;
    const observation = { text: 'In no group', data: { groups: [] } };
    return [{ kind: 'not-needed', key: `${id}:${ctx.userId}`, target, observation }];
  },

  // Approved was to leave all groups: one joined since is left too.
  covers: (_approved, now) => membershipState.safeParse(now.after).data?.member === false,

  async apply(ctx, change) {
    const wanted = membershipState.parse(change.after);
    try {
      await setMembership(ctx, change.target.id, wanted);
    } catch (error) {
      if (!wanted.roleAssignable || !isFailure(error, 'not-permitted')) throw error;
      const message = `${change.target.displayName} gives administrator roles: changing it takes ${roleGroupPermission}`;
      throw new Failure(message, { ...error.detail, missing: roleGroupPermission }, { cause: error });
    }
    return { requestedAt: ctx.now };
  },

  async verify(ctx, change) {
    const wanted = membershipState.parse(change.after);
    const member = await isDirectMember(ctx, change.target.id);
    const text = member ? `In ${change.target.displayName}` : `Not in ${change.target.displayName}`;
    return { outcome: member === wanted.member ? 'confirmed' : 'pending', observation: { text, data: { member } } };
  },

  undo: { reverse: async (_ctx, change) => reverseChange(change) },
};
