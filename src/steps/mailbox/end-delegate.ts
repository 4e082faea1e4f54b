import { reverseChange } from '#domain/reverse-change';
import type { Step } from '#engine/step';
import {
  type Delegate,
  fullAccessText,
  hasFullAccess,
  setFullAccess,
  verifyFullAccess,
} from '#steps/mailbox/full-access';
import { noMailbox, readMailbox } from '#steps/mailbox/read-mailbox';

const id = 'mailbox.end-delegate';

/** `null`: nobody was let in. */
export type EndDelegateIntent = Delegate | null;

/**
 * Closes the mailbox again for whoever it was opened for, on the day that was decided with the opening.
 * https://learn.microsoft.com/powershell/module/exchange/remove-mailboxpermission
 */
export const endDelegate: Step<EndDelegateIntent> = {
  id,
  version: 1,
  permissions: ['Exchange.ManageAsApp'],
  executor: 'exchange',
  risk: 'routine',
  effect: 'set',
  proof: 'read-back',
  byHand:
    'Exchange admin centre > Recipients > Mailboxes > the leaver > Delegation > Read and manage: remove whoever was let in.',
  after: [],
  endsGrant: true,

  describe: fullAccessText,

  async plan(ctx, intent) {
    const target = { kind: 'mailbox', id: ctx.userId, displayName: 'Mailbox' } as const;
    if (!intent) {
      const observation = { text: 'Nobody was let into the mailbox', data: { delegate: null } };
      return [{ kind: 'not-needed', key: `${id}:${ctx.userId}`, target, observation }];
    }
    if (!(await readMailbox(ctx))) return noMailbox(id, ctx.userId);
    const { delegateId, delegateUserPrincipalName, delegateName } = intent;
    const delegate = { delegateId, delegateUserPrincipalName, delegateName };
    const key = `${id}:${delegateId}`;
    if (!(await hasFullAccess(ctx, delegateUserPrincipalName))) {
      const text = `The mailbox is not open for ${delegateName}`;
      return [{ kind: 'not-needed', key, target, observation: { text, data: { ...delegate, fullAccess: false } } }];
    }
    const before = { ...delegate, fullAccess: true };
    return [{ kind: 'change', change: { key, target, before, after: { ...delegate, fullAccess: false } } }];
  },

  /** Whoever the mailbox was opened for is known from the start; nobody else is in the intent. */
  covers: () => true,

  apply: setFullAccess,
  verify: verifyFullAccess,
  undo: { reverse: async (_ctx, change) => reverseChange(change) },
};
