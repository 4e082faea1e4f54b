import { z } from 'zod';
import type { StepContext } from '#engine/step';
import type { ForwardingRule } from '#steps/mailbox/read-forwarding-rules';

const recipients = z
  .union([z.string(), z.string().array()])
  .nullish()
  .transform((read) => [read ?? []].flat());

const inboxRule = z.object({
  Identity: z.string(),
  Name: z.string(),
  Enabled: z.boolean(),
  ForwardTo: recipients,
  RedirectTo: recipients,
  ForwardAsAttachmentTo: recipients,
});

/** Exchange's own hidden rules: junk mail, and the ones that send automatic replies. */
const ownRule = /^Junk E-?mail Rule$|^Microsoft\.Exchange\.OOF/i;

/** `"Alex" [SMTP:alex.m@outlook.example]`; a recipient of the firm may stand there by a name that is no address. */
function addressOf(recipient: string): string {
  return /\[SMTP:([^\]]+)\]/i.exec(recipient)?.[1] ?? recipient.replaceAll('"', '');
}

/**
 * Forwarding inbox rules that Outlook and Graph do not show: what Exchange lists with IncludeHidden and does not list without
 * (Exchange.ManageAsApp). Rule ids of Graph and Exchange cannot be compared, so both lists are Exchange's.
 * https://learn.microsoft.com/powershell/module/exchange/get-inboxrule
 */
export async function readHiddenRules({ exchange, userId }: StepContext): Promise<readonly ForwardingRule[]> {
  const options = { anchor: userId };
  const [all, shown] = await Promise.all([
    exchange.invoke('Get-InboxRule', { Mailbox: userId, IncludeHidden: true }, inboxRule, options),
    exchange.invoke('Get-InboxRule', { Mailbox: userId }, inboxRule, options),
  ]);
  const visible = shown.value.map((rule) => rule.Identity);
  return all.value
    .filter((rule) => !visible.includes(rule.Identity) && !ownRule.test(rule.Name))
    .map((rule) => ({
      id: rule.Identity,
      displayName: rule.Name,
      isEnabled: rule.Enabled,
      isReadOnly: false,
      through: 'exchange' as const,
      addresses: [...rule.ForwardTo, ...rule.RedirectTo, ...rule.ForwardAsAttachmentTo].map(addressOf),
    }))
    .filter((rule) => rule.addresses.length > 0);
}
