import { z } from 'zod';
import { isFailure } from '#domain/failure';
import { reverseChange } from '#domain/reverse-change';
import type { Planned, Step, StepContext } from '#engine/step';
import { isFirmAddress, readFirmDomains } from '#steps/mailbox/read-firm-domains';
import { type ForwardingRule, readForwardingRules } from '#steps/mailbox/read-forwarding-rules';
import { readHiddenRules } from '#steps/mailbox/read-hidden-rules';
import { noMailbox } from '#steps/mailbox/read-mailbox';

const id = 'mailbox.disable-forwarding-rules';

const ruleState = z.object({ isEnabled: z.boolean(), through: z.enum(['graph', 'exchange']) });

function plannedFor(rule: ForwardingRule, domains: readonly string[]): Planned {
  const key = `${id}:${rule.id}`;
  const target = { kind: 'inboxRule', id: rule.id, displayName: rule.displayName } as const;
  const { through } = rule;
  if (!rule.isEnabled) {
    const observation = { text: `The rule “${rule.displayName}” is switched off`, data: { isEnabled: false, through } };
    return { kind: 'not-needed', key, target, observation };
  }
  if (rule.isReadOnly) {
    return {
      kind: 'blocked',
      key,
      target,
      code: 'latchkey.rule-read-only',
      title: `The rule “${rule.displayName}” must be switched off by hand`,
      saw: 'The rule forwards mail and is read-only for Microsoft Graph.',
      advice: 'Switch it off with Disable-InboxRule in Exchange Online PowerShell, then say Done by hand.',
    };
  }
  const outside = rule.addresses.filter((address) => address.includes('@') && !isFirmAddress(address, domains));
  const where = rule.through === 'exchange' ? 'A hidden rule' : 'A rule';
  const attention =
    outside.length > 0 ? { attention: `${where} sends mail on to ${outside.join(', ')}, outside the firm` } : {};
  const change = {
    key,
    target,
    before: { isEnabled: true, through },
    after: { isEnabled: false, through },
    ...attention,
  };
  return { kind: 'change', change };
}

/** Visible and hidden rules together; `undefined`: no mailbox. */
async function readRules(ctx: StepContext): Promise<readonly ForwardingRule[] | undefined> {
  try {
    return (await Promise.all([readForwardingRules(ctx), readHiddenRules(ctx)])).flat();
  } catch (error) {
    if (isFailure(error, 'not-found')) return undefined;
    throw error;
  }
}

/**
 * Switches off every inbox rule that forwards or redirects, one change a rule. Switched off and not deleted: whoever takes the
 * mailbox over sees what it did.
 * https://learn.microsoft.com/graph/api/messagerule-update
 */
export const disableForwardingRules: Step = {
  id,
  version: 1,
  permissions: ['MailboxSettings.ReadWrite', 'User.Read.All', 'Exchange.ManageAsApp'],
  executor: 'graph',
  risk: 'routine',
  effect: 'set',
  proof: 'read-back',
  byHand:
    'Exchange Online PowerShell: Get-InboxRule -Mailbox <address> -IncludeHidden, then Disable-InboxRule for each that forwards or redirects',
  after: [],

  describe: ({ target, after }) =>
    ruleState.safeParse(after).data?.isEnabled
      ? {
          group: 'Mail',
          will: `The rule “${target.displayName}” forwards again`,
          done: `The rule “${target.displayName}” forwards again`,
        }
      : {
          group: 'Mail',
          will: `The rule “${target.displayName}” stops forwarding`,
          done: `The rule “${target.displayName}” stopped forwarding`,
          back: `the rule “${target.displayName}” forwards mail`,
        },

  async plan(ctx) {
    const [rules, domains] = await Promise.all([readRules(ctx), readFirmDomains(ctx)]);
    if (!rules) return noMailbox(id, ctx.userId);
    if (rules.length > 0) return rules.map((rule) => plannedFor(rule, domains));
    const target = { kind: 'mailbox', id: ctx.userId, displayName: 'Inbox rules' } as const;
    const observation = { text: 'No inbox rule forwards mail', data: { rules: [] } };
    return [{ kind: 'not-needed', key: `${id}:${ctx.userId}`, target, observation }];
  },

  // A rule made since the approval forwards just the same.
  covers: (_approved, now) => ruleState.safeParse(now.after).data?.isEnabled === false,

  async apply({ graph, exchange, userId, now }, change) {
    const { isEnabled, through } = ruleState.parse(change.after);
    if (through === 'graph') {
      await graph.patch(`/users/${userId}/mailFolders/inbox/messageRules/${change.target.id}`, { isEnabled });
    } else {
      // Without Force the cmdlet asks about rules that live in Outlook only, and nobody is there to answer.
      const parameters = { Identity: change.target.id, Mailbox: userId, Force: true, Confirm: false };
      await exchange.invoke(isEnabled ? 'Enable-InboxRule' : 'Disable-InboxRule', parameters, z.unknown(), {
        anchor: userId,
      });
    }
    return { requestedAt: now };
  },

  async verify(ctx, change) {
    const wanted = ruleState.parse(change.after);
    const rules = await (wanted.through === 'graph' ? readForwardingRules(ctx) : readHiddenRules(ctx));
    const rule = rules.find((candidate) => candidate.id === change.target.id);
    const isEnabled = rule?.isEnabled === true;
    const state = isEnabled ? 'forwards' : rule ? 'is switched off' : 'no longer forwards or is gone';
    const observation = {
      text: `The rule “${change.target.displayName}” ${state}`,
      data: { isEnabled, there: rule !== undefined },
    };
    return { outcome: isEnabled === wanted.isEnabled ? 'confirmed' : 'pending', observation };
  },

  undo: { reverse: async (_ctx, change) => reverseChange(change) },
};
