import { z } from 'zod';
import type { Change } from '#domain/change';
import { reverseChange } from '#domain/reverse-change';
import type { Planned, Step, StepContext } from '#engine/step';
import { dropsBlockedAccounts, readGroup } from '#steps/groups/read-groups';
import { readLicences } from '#steps/users/read-licences';

const id = 'users.disable-account';

const account = z.object({
  displayName: z.string().nullish(),
  accountEnabled: z.boolean(),
  onPremisesSyncEnabled: z.boolean().nullish(),
});

const state = z.object({ accountEnabled: z.boolean() });

/** Name of the dynamic group by whose rule a blocked account would lose its mailbox licence, where no other licence keeps it. */
async function groupThatWouldTakeTheMailbox(ctx: StepContext): Promise<string | undefined> {
  const carrying = (await readLicences(ctx)).filter((licence) => licence.carriesMailbox);
  const groupIds = [...new Set(carrying.flatMap(({ assignedByGroup }) => assignedByGroup ?? []))];
  const dropping = (await Promise.all(groupIds.map((groupId) => readGroup(ctx, groupId)))).filter(dropsBlockedAccounts);
  const stays = carrying.some(({ assignedByGroup }) => !dropping.some((group) => group.id === assignedByGroup));
  return stays ? undefined : dropping[0]?.displayName;
}

/**
 * Blocks sign-in. Access tokens that were issued before live on for about an hour.
 * https://learn.microsoft.com/graph/api/user-update
 */
export const disableAccount: Step = {
  id,
  version: 1,
  permissions: ['User.EnableDisableAccount.All', 'User.Read.All', 'GroupMember.Read.All'],
  executor: 'graph',
  risk: 'routine',
  effect: 'set',
  proof: 'read-back',
  byHand: 'Entra admin centre > Users > the person > Edit properties > Settings: take the tick from Account enabled',
  after: [],

  describe: ({ after }) =>
    state.safeParse(after).data?.accountEnabled
      ? { group: 'Sign-in', will: 'Sign-in is allowed again', done: 'Sign-in is allowed again' }
      : {
          group: 'Sign-in',
          will: 'Sign-in is blocked',
          done: 'Sign-in is blocked',
          back: 'the account can be used again',
        },

  async plan(ctx) {
    const { graph, userId } = ctx;
    const [read, endangering] = await Promise.all([
      graph.get(`/users/${userId}?$select=displayName,accountEnabled,onPremisesSyncEnabled`, account),
      groupThatWouldTakeTheMailbox(ctx),
    ]);
    const target = { kind: 'user', id: userId, displayName: read.displayName ?? userId } as const;
    const key = `${id}:${userId}`;
    if (!read.accountEnabled) {
      return [
        {
          kind: 'not-needed',
          key,
          target,
          observation: { text: 'Sign-in is blocked already', data: { accountEnabled: false } },
        },
      ];
    }
    const change: Change = {
      key,
      target,
      before: { accountEnabled: true },
      after: { accountEnabled: false },
      ...(endangering
        ? {
            alsoAfter: ['mailbox.convert-to-shared'],
            attention: `Blocking sign-in takes the person out of ${endangering} and with it the mailbox licence: the mailbox becomes shared first`,
          }
        : {}),
    };
    const planned: Planned = { kind: 'change', change };
    if (!read.onPremisesSyncEnabled) return [planned];
    return [
      planned,
      {
        kind: 'blocked',
        key: `${key}:active-directory`,
        target,
        code: 'latchkey.ad-synced',
        title: 'The account must be blocked in Active Directory too',
        saw: 'The account is synchronised from Active Directory. A block set in Entra holds only until the next synchronisation.',
        advice: 'Disable the account in Active Directory, wait for the synchronisation, then say Done by hand.',
      },
    ];
  },

  covers: (_approved, now) => state.safeParse(now.after).data?.accountEnabled === false,

  async apply({ graph, userId, now }, change) {
    await graph.patch(`/users/${userId}`, state.parse(change.after));
    return { requestedAt: now };
  },

  async verify({ graph, userId }, change) {
    const wanted = state.parse(change.after);
    const read = await graph.get(`/users/${userId}?$select=accountEnabled`, state);
    return {
      outcome: read.accountEnabled === wanted.accountEnabled ? 'confirmed' : 'pending',
      observation: { text: read.accountEnabled ? 'Sign-in is allowed' : 'Sign-in is blocked', data: read },
    };
  },

  undo: { reverse: async (_ctx, change) => reverseChange(change) },
};
