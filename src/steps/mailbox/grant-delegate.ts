import { z } from 'zod';
import { reverseChange } from '#domain/reverse-change';
import type { Step, StepContext } from '#engine/step';
import { noMailbox, readMailbox } from '#steps/mailbox/read-mailbox';

const id = 'mailbox.grant-delegate';

/** `null`: nobody is to open the mailbox. */
export type DelegateIntent = {
  readonly delegateId: string;
  readonly delegateUserPrincipalName: string;
  readonly delegateName: string;
} | null;

const delegation = z.object({
  delegateId: z.string(),
  delegateUserPrincipalName: z.string(),
  delegateName: z.string(),
  fullAccess: z.boolean(),
});

const permission = z.object({
  AccessRights: z.union([z.string().transform((said) => said.split(/,\s*/)), z.string().array()]),
  Deny: z.union([z.boolean(), z.string().transform((said) => /^true$/i.test(said))]).nullish(),
});

async function hasFullAccess({ exchange, userId }: StepContext, delegateUserPrincipalName: string): Promise<boolean> {
  const parameters = { Identity: userId, User: delegateUserPrincipalName };
  const { value } = await exchange.invoke('Get-MailboxPermission', parameters, permission, { anchor: userId });
  return value.some((entry) => entry.Deny !== true && entry.AccessRights.includes('FullAccess'));
}

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
  after: [],

  describe({ after }) {
    const wanted = delegation.safeParse(after).data;
    const who = wanted?.delegateName ?? 'the delegate';
    return wanted?.fullAccess === false
      ? { group: 'Mail', will: `Mailbox closes for ${who}`, done: `Mailbox is closed for ${who}` }
      : { group: 'Mail', will: `Mailbox opens for ${who}`, done: `Mailbox is open for ${who}` };
  },

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

  async apply({ exchange, userId, now }, change) {
    const { delegateUserPrincipalName, fullAccess } = delegation.parse(change.after);
    const parameters = {
      Identity: userId,
      User: delegateUserPrincipalName,
      AccessRights: ['FullAccess'],
      InheritanceType: 'All',
      Confirm: false,
    };
    await (fullAccess
      ? exchange.invoke('Add-MailboxPermission', { ...parameters, AutoMapping: true }, z.unknown(), { anchor: userId })
      : exchange.invoke('Remove-MailboxPermission', parameters, z.unknown(), { anchor: userId }));
    return { requestedAt: now };
  },

  async verify(ctx, change) {
    const wanted = delegation.parse(change.after);
    const fullAccess = await hasFullAccess(ctx, wanted.delegateUserPrincipalName);
    const text = `The mailbox is ${fullAccess ? 'open' : 'not open'} for ${wanted.delegateName}`;
    const data = { delegateId: wanted.delegateId, fullAccess };
    return { outcome: fullAccess === wanted.fullAccess ? 'confirmed' : 'pending', observation: { text, data } };
  },

  undo: { reverse: async (_ctx, change) => reverseChange(change) },
};
