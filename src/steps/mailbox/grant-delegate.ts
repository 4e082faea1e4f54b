import { reverseChange } from '#domain/reverse-change';
import type { Step } from '#engine/step';
import {
  type Delegate,
  delegation,
  fullAccessText,
  hasFullAccess,
  setFullAccess,
  verifyFullAccess,
} from '#steps/mailbox/full-access';
import { noMailbox, readMailbox } from '#steps/mailbox/read-mailbox';

const id = 'mailbox.grant-delegate';

/** `null`: nobody is to open the mailbox. */
export type DelegateIntent = Delegate | null;

/**
 * Lets one person open the leaver's mailbox (full access; it appears in their Outlook by itself).
 * https://learn.microsoft.com/powershell/module/exchange/add-mailboxpermission
 */
export const grantDelegate: Step<DelegateIntent> = {
  id,
  version: 1,
  permissions: ['Exchange.ManageAsApp'],
  executor: 'exchange',
  risk: 'elevated',
  effect: 'set',
  proof: 'read-back',
  byHand:
    'Exchange admin centre > Mailboxes > the person > Delegation > Read and manage: add whoever takes over, if that was approved',
  after: [],

  describe: fullAccessText,

  async plan(ctx, intent) {
    const target = { kind: 'mailbox', id: ctx.userId, displayName: 'Mailbox' } as const;
    if (!intent) {
      const observation = { text: 'Nobody is to open the mailbox', data: { delegate: null } };
      return [{ kind: 'not-needed', key: `${id}:${ctx.userId}`, target, observation }];
    }
    if (!(await readMailbox(ctx))) return noMailbox(id, ctx.userId);
    const { delegateId, delegateUserPrincipalName, delegateName } = intent;
    const delegate = { delegateId, delegateUserPrincipalName, delegateName };
    const key = `${id}:${delegateId}`;
    if (await hasFullAccess(ctx, delegateUserPrincipalName)) {
      const observation = { text: `The mailbox is open for ${delegateName}`, data: { ...delegate, fullAccess: true } };
      return [{ kind: 'not-needed', key, target, observation }];
    }
    const change = {
      key,
      target,
      before: { ...delegate, fullAccess: false },
      after: { ...delegate, fullAccess: true },
    };
    return [{ kind: 'change', change }];
  },

  /** The person who was approved, and nobody else. */
  covers(approved, now) {
    const wanted = delegation.safeParse(now.after).data;
    return approved.changes.some((change) => {
      const then = delegation.safeParse(change.after).data;
      return wanted !== undefined && then?.delegateId === wanted.delegateId && then.fullAccess === wanted.fullAccess;
    });
  },

  apply: setFullAccess,
  verify: verifyFullAccess,
  undo: { reverse: async (_ctx, change) => reverseChange(change) },
};
