import { z } from 'zod';
import type { StepContext } from '#engine/step';

/** An inbox rule that sends mail on, in whichever way. */
export interface ForwardingRule {
  readonly id: string;
  readonly displayName: string;
  readonly isEnabled: boolean;
  readonly isReadOnly: boolean;
  /** Hidden rules are Exchange's to change. */
  readonly through: 'graph' | 'exchange';
  readonly addresses: readonly string[];
}

const recipients = z
  .object({ emailAddress: z.object({ address: z.string().nullish(), name: z.string().nullish() }).nullish() })
  .array()
  .nullish()
  .transform((read) => (read ?? []).map(({ emailAddress }) => emailAddress?.address ?? emailAddress?.name ?? ''));

const rule = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  isEnabled: z.boolean().nullish(),
  isReadOnly: z.boolean().nullish(),
  actions: z
    .object({ forwardTo: recipients, redirectTo: recipients, forwardAsAttachmentTo: recipients })
    .nullish()
    .transform((read) => (read ? [...read.forwardTo, ...read.redirectTo, ...read.forwardAsAttachmentTo] : [])),
});

/**
 * The forwarding inbox rules that Graph shows, those switched off included (MailboxSettings.Read).
 * Throws `not-found` for a person without a mailbox.
 * https://learn.microsoft.com/graph/api/mailfolder-list-messagerules
 */
export async function readForwardingRules({ graph, userId }: StepContext): Promise<readonly ForwardingRule[]> {
  const rules = await graph.list(`/users/${userId}/mailFolders/inbox/messageRules`, rule);
  return rules
    .filter(({ actions }) => actions.length > 0)
    .map((read) => ({
      id: read.id,
      displayName: read.displayName || 'Rule without a name',
      isEnabled: read.isEnabled !== false,
      isReadOnly: read.isReadOnly === true,
      through: 'graph' as const,
      addresses: read.actions,
    }));
}
