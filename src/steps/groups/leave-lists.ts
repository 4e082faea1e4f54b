import { z } from 'zod';
import { reverseChange } from '#domain/reverse-change';
import type { Planned, Step } from '#engine/step';
import { membershipState, setMembership } from '#steps/groups/membership';
import { type Membership, readMemberships } from '#steps/groups/read-groups';

const id = 'groups.leave-lists';

const listMember = z.object({ ExternalDirectoryObjectId: z.string().nullish() });

function plannedFor(list: Membership): Planned {
  return {
    kind: 'change',
    change: {
      key: `${id}:${list.id}`,
      target: { kind: 'list', id: list.id, displayName: list.displayName },
      before: { member: true, through: 'exchange' },
      after: { member: false, through: 'exchange' },
    },
  };
}

/**
 * Takes the person off distribution lists and mail-enabled security groups, one change a list. Graph lists them and refuses to
 * change them: Exchange does, and Exchange is asked for the proof. Lists synchronised from Active Directory stand as blocked
 * with the other groups (`groups.leave-groups`).
 * https://learn.microsoft.com/powershell/module/exchange/remove-distributiongroupmember
 */
export const leaveLists: Step = {
  id,
  version: 1,
  permissions: ['Exchange.ManageAsApp', 'Directory.Read.All'],
  executor: 'exchange',
  risk: 'routine',
  effect: 'set',
  proof: 'read-back',
  byHand:
    'Exchange admin centre > Recipients > Groups: take the person out of every list and mail-enabled security group',
  after: [],

  describe: ({ target, after }) =>
    membershipState.safeParse(after).data?.member
      ? { group: 'Access', will: `Joins the list ${target.displayName}`, done: `Joined the list ${target.displayName}` }
      : {
          group: 'Access',
          will: `Leaves the list ${target.displayName}`,
          done: `Left the list ${target.displayName}`,
          back: `is on the list ${target.displayName}`,
        },

  async plan(ctx) {
    const lists = (await readMemberships(ctx)).filter((group) => !group.carriesLicence && group.through === 'exchange');
    if (lists.length > 0) return lists.map(plannedFor);
    const target = { kind: 'user', id: ctx.userId, displayName: 'Lists' } as const;
    const observation = { text: 'On no distribution list', data: { lists: [] } };
    return [{ kind: 'not-needed', key: `${id}:${ctx.userId}`, target, observation }];
  },

  covers: (_approved, now) => membershipState.safeParse(now.after).data?.member === false,

  async apply(ctx, change) {
    await setMembership(ctx, change.target.id, membershipState.parse(change.after));
    return { requestedAt: ctx.now };
  },

  async verify({ exchange, userId }, change) {
    const wanted = membershipState.parse(change.after);
    const { value: members } = await exchange.invoke(
      'Get-DistributionGroupMember',
      { Identity: change.target.id, ResultSize: 'Unlimited' },
      listMember,
      { select: ['ExternalDirectoryObjectId'] },
    );
    const member = members.some((read) => read.ExternalDirectoryObjectId?.toLowerCase() === userId.toLowerCase());
    const text = member ? `On the list ${change.target.displayName}` : `Not on the list ${change.target.displayName}`;
    return { outcome: member === wanted.member ? 'confirmed' : 'pending', observation: { text, data: { member } } };
  },

  undo: { reverse: async (_ctx, change) => reverseChange(change) },
};
