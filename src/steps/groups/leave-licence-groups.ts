import { reverseChange } from '#domain/reverse-change';
import type { Planned, Step } from '#engine/step';
import { isDirectMember, membershipState, setMembership } from '#steps/groups/membership';
import { dropsBlockedAccounts, type Membership, readMemberships } from '#steps/groups/read-groups';
import { readMailbox, refuseWhileRegular } from '#steps/mailbox/read-mailbox';
import { readWhyLicenceStays } from '#steps/mailbox/read-mailbox-limits';
import { readLicenceAssignments, readLicences } from '#steps/users/read-licences';

const id = 'groups.leave-licence-groups';

function blocked(group: Membership, words: { code: string; saw: string; advice: string }): Planned {
  const target = { kind: 'group', id: group.id, displayName: group.displayName } as const;
  return {
    kind: 'blocked',
    key: `${id}:${group.id}`,
    target,
    title: `The licence of ${group.displayName} stays`,
    ...words,
  };
}

function plannedFor(group: Membership, whyLicenceStays: string | undefined): Planned {
  if (group.through === 'active-directory') {
    return blocked(group, {
      code: 'latchkey.ad-synced',
      saw: 'The group carries a licence and is synchronised from Active Directory; it cannot be changed in Entra.',
      advice:
        'When the mailbox is shared, remove the person from the group in Active Directory, then say Done by hand.',
    });
  }
  if (group.through === 'rule' && !dropsBlockedAccounts(group)) {
    return blocked(group, {
      code: 'latchkey.licence-by-rule',
      saw: `The members of ${group.displayName} follow the rule ${group.membershipRule ?? '(paused)'}, which keeps blocked accounts.`,
      advice: 'Change what the rule looks at, or let it leave out blocked accounts, then Retry.',
    });
  }
  const target = { kind: 'group', id: group.id, displayName: group.displayName } as const;
  const { through } = group;
  const change = {
    key: `${id}:${group.id}`,
    target,
    before: { member: true, through },
    after: { member: false, through },
  };
  if (through === 'rule') {
    const size = whyLicenceStays ? `; the mailbox then needs another licence, because ${whyLicenceStays}` : '';
    const attention = `${group.displayName} is left by its own rule once the account is blocked${size}`;
    return { kind: 'change', change: { ...change, alsoAfter: ['users.disable-account'], attention } };
  }
  if (!whyLicenceStays) return { kind: 'change', change };
  return blocked(group, {
    code: 'latchkey.shared-mailbox-needs-licence',
    saw: `The mailbox keeps its licence even when it is shared: ${whyLicenceStays}.`,
    advice: 'Archive or export the mail, or decide to keep the licence, then Retry or say Done by hand.',
  });
}

/**
 * Leaves the groups that carry a licence, when the mailbox no longer needs one; proved when Entra has taken back what the group
 * gave, minutes after the membership ended. Where the group's rule drops blocked accounts nothing is sent, only proved.
 * https://learn.microsoft.com/entra/fundamentals/concept-group-based-licensing
 */
export const leaveLicenceGroups: Step = {
  id,
  version: 1,
  permissions: ['GroupMember.ReadWrite.All', 'Directory.Read.All', 'User.Read.All', 'Exchange.ManageAsApp'],
  executor: 'graph',
  risk: 'routine',
  effect: 'set',
  proof: 'read-back',
  byHand:
    'Only when the mailbox is shared: Entra admin centre > Users > the person > Groups: remove those that carry a licence',
  after: ['mailbox.convert-to-shared'],

  describe: ({ target, after }) =>
    membershipState.safeParse(after).data?.member
      ? {
          group: 'Licences',
          will: `${target.displayName} gives its licence again`,
          done: `${target.displayName} gives its licence again`,
        }
      : {
          group: 'Licences',
          will: `The licence of ${target.displayName} returns`,
          done: `The licence of ${target.displayName} returned`,
          back: `has the licence of ${target.displayName}`,
        },

  async plan(ctx) {
    const [memberships, licences, mailbox] = await Promise.all([
      readMemberships(ctx),
      readLicences(ctx),
      readMailbox(ctx),
    ]);
    const groups = memberships.filter((group) => group.carriesLicence);
    if (groups.length === 0) {
      const target = { kind: 'user', id: ctx.userId, displayName: 'Licence groups' } as const;
      const observation = { text: 'In no group that carries a licence', data: { groups: [] } };
      return [{ kind: 'not-needed', key: `${id}:${ctx.userId}`, target, observation }];
    }
    const whyLicenceStays = mailbox && (await readWhyLicenceStays(ctx, mailbox));
    return groups.map((group) => {
      const holdsMailbox = licences.some((licence) => licence.assignedByGroup === group.id && licence.carriesMailbox);
      return plannedFor(group, holdsMailbox ? whyLicenceStays : undefined);
    });
  },

  covers: (_approved, now) => membershipState.safeParse(now.after).data?.member === false,

  async apply(ctx, change) {
    const wanted = membershipState.parse(change.after);
    if (!wanted.member && wanted.through !== 'rule') await refuseWhileRegular(ctx);
    await setMembership(ctx, change.target.id, wanted);
    return { requestedAt: ctx.now };
  },

  async verify(ctx, change) {
    const wanted = membershipState.parse(change.after);
    const [member, licences] = await Promise.all([isDirectMember(ctx, change.target.id), readLicenceAssignments(ctx)]);
    const licensed = licences.some((licence) => licence.assignedByGroup === change.target.id);
    const where = member ? `In ${change.target.displayName}` : `Not in ${change.target.displayName}`;
    const observation = {
      text: `${where}, ${licensed ? 'with its licence' : 'without its licence'}`,
      data: { member, licensed },
    };
    return { outcome: member === wanted.member && licensed === wanted.member ? 'confirmed' : 'pending', observation };
  },

  undo: {
    reverse: async (_ctx, change) =>
      membershipState.parse(change.after).through === 'rule'
        ? {
            blocked: `The members of ${change.target.displayName} follow a rule: it takes the person back once sign-in is allowed`,
          }
        : reverseChange(change),
  },
};
