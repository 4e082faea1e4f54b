import { z } from 'zod';
import type { Change } from '#domain/change';
import type { Json } from '#domain/json';
import type { Verdict } from '#domain/verdict';
import type { StepContext } from '#engine/step';

/** Who gets to open the mailbox: kept with the plan. */
export type Delegate = {
  readonly delegateId: string;
  readonly delegateUserPrincipalName: string;
  readonly delegateName: string;
};

/** What a change of the right to open a mailbox says, before and after. */
export const delegation = z.object({
  delegateId: z.string(),
  delegateUserPrincipalName: z.string(),
  delegateName: z.string(),
  fullAccess: z.boolean(),
});

const permission = z.object({
  AccessRights: z.union([z.string().transform((said) => said.split(/,\s*/)), z.string().array()]),
  Deny: z.union([z.boolean(), z.string().transform((said) => /^true$/i.test(said))]).nullish(),
});

/** Whether somebody may open the subject's mailbox as a whole. Throws `Failure`. */
export async function hasFullAccess(
  { exchange, userId }: StepContext,
  delegateUserPrincipalName: string,
): Promise<boolean> {
  const parameters = { Identity: userId, User: delegateUserPrincipalName };
  const { value } = await exchange.invoke('Get-MailboxPermission', parameters, permission, { anchor: userId });
  return value.some((entry) => entry.Deny !== true && entry.AccessRights.includes('FullAccess'));
}

/**
 * Gives or takes the right, whichever `after` says. Given, the mailbox appears in their Outlook by itself.
 * https://learn.microsoft.com/powershell/module/exchange/add-mailboxpermission
 */
export async function setFullAccess({ exchange, userId, now }: StepContext, change: Change): Promise<Json> {
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
}

export async function verifyFullAccess(ctx: StepContext, change: Change): Promise<Verdict> {
  const wanted = delegation.parse(change.after);
  const fullAccess = await hasFullAccess(ctx, wanted.delegateUserPrincipalName);
  const text = `The mailbox is ${fullAccess ? 'open' : 'not open'} for ${wanted.delegateName}`;
  const data = { delegateId: wanted.delegateId, fullAccess };
  return { outcome: fullAccess === wanted.fullAccess ? 'confirmed' : 'pending', observation: { text, data } };
}

/** "Mailbox opens for Morgan Lee", or closes: for cards. */
export function fullAccessText({ after }: Change) {
  const wanted = delegation.safeParse(after).data;
  const who = wanted?.delegateName ?? 'the delegate';
  return wanted?.fullAccess === false
    ? ({ group: 'Mail', will: `Mailbox closes for ${who}`, done: `Mailbox is closed for ${who}` } as const)
    : ({ group: 'Mail', will: `Mailbox opens for ${who}`, done: `Mailbox is open for ${who}` } as const);
}
