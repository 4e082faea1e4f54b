import {
  type Cmdlet,
  type Invocation,
  isSet,
  objectNotFound,
  optional,
  required,
  several,
  taskFailure,
} from '#sandbox/exchange/cmdlet';
import { findMailbox, type MailboxOwner } from '#sandbox/exchange/recipients';
import { nextRuleId } from '#sandbox/graph/message-rules';
import { recipientName } from '#sandbox/tenant/licences';
import { type InboxRule, type JsonObject, type World, withMailbox } from '#sandbox/tenant/world';

const listed = (addresses: readonly string[]): readonly string[] | null =>
  addresses.length === 0 ? null : addresses.map((address) => `"${address}" [SMTP:${address}]`);

function ruleRow(owner: MailboxOwner, rule: InboxRule): JsonObject {
  const mailbox = recipientName(owner.user);
  return {
    Identity: `${mailbox}\\${rule.id}`,
    RuleIdentity: rule.id,
    Name: rule.displayName,
    Enabled: rule.isEnabled,
    Priority: rule.sequence,
    InError: false,
    MailboxOwnerId: mailbox,
    ForwardTo: listed(rule.forwardTo),
    RedirectTo: listed(rule.redirectTo),
    ForwardAsAttachmentTo: listed(rule.forwardAsAttachmentTo),
    MoveToFolder: rule.moveToFolder,
    SubjectContainsWords: rule.subjectContains.length === 0 ? null : rule.subjectContains,
    StopProcessingRules: true,
  };
}

interface RuleTarget {
  readonly owner: MailboxOwner;
  readonly rule: InboxRule;
}

/** `Identity` is `mailbox\rule`, or the rule's id or name together with `Mailbox`. */
function targetOf(invocation: Invocation, world: World): RuleTarget {
  const identity = required(invocation, 'Identity');
  const parts = identity.split('\\');
  const mailbox = optional(invocation, 'Mailbox') ?? (parts.length > 1 ? parts[0] : undefined);
  if (mailbox === undefined) throw objectNotFound(identity);
  const owner = findMailbox(world, mailbox);
  const key = parts.at(-1) ?? identity;
  const rule = owner.mailbox.rules.find((candidate) => candidate.id === key || candidate.displayName === key);
  if (rule === undefined) throw objectNotFound(identity);
  return { owner, rule };
}

const getInboxRule: Cmdlet = {
  name: 'Get-InboxRule',
  parameters: ['Mailbox', 'Identity', 'IncludeHidden', 'ResultSize'],
  run: (invocation) => {
    const world = invocation.tenant.view('exchange');
    if (optional(invocation, 'Identity') !== undefined) {
      const { owner, rule } = targetOf(invocation, world);
      return [ruleRow(owner, rule)];
    }
    const owner = findMailbox(world, required(invocation, 'Mailbox'));
    const shown = owner.mailbox.rules.filter((rule) => !rule.hidden || isSet(invocation, 'IncludeHidden'));
    return shown.map((rule) => ruleRow(owner, rule));
  },
};

/** A change of one rule; `undefined` takes it away. */
function changing(name: string, change: (rule: InboxRule) => InboxRule | undefined): Cmdlet {
  return {
    name,
    parameters: ['Identity', 'Mailbox', 'Confirm', 'Force', 'AlwaysDeleteOutlookRulesBlob'],
    run: (invocation) => {
      const world = invocation.tenant.truth();
      const { owner, rule } = targetOf(invocation, world);
      if (rule.isReadOnly) throw taskFailure(`The Inbox rule '${rule.displayName}' can't be changed.`);
      const rules = owner.mailbox.rules.flatMap((other) => (other === rule ? (change(rule) ?? []) : [other]));
      invocation.tenant.write(withMailbox(world, { ...owner.mailbox, rules }));
      return [];
    },
  };
}

/** `"name" [SMTP:a@b]` as Get-InboxRule writes it, or the bare address. */
const address = (value: string): string => /\[SMTP:([^\]]+)\]/i.exec(value)?.[1] ?? value;

const newInboxRule: Cmdlet = {
  name: 'New-InboxRule',
  parameters: [
    'Mailbox',
    'Name',
    'ForwardTo',
    'RedirectTo',
    'ForwardAsAttachmentTo',
    'MoveToFolder',
    'SubjectContainsWords',
    'Priority',
    'StopProcessingRules',
    'Confirm',
    'Force',
    'AlwaysDeleteOutlookRulesBlob',
  ],
  run: (invocation) => {
    const { tenant, parameters } = invocation;
    const world = tenant.truth();
    const owner = findMailbox(world, required(invocation, 'Mailbox'));
    const rule: InboxRule = {
      id: nextRuleId(owner.mailbox),
      displayName: required(invocation, 'Name'),
      sequence: typeof parameters['Priority'] === 'number' ? parameters['Priority'] : 1,
      isEnabled: true,
      isReadOnly: false,
      hidden: false,
      subjectContains: several(parameters['SubjectContainsWords']),
      forwardTo: several(parameters['ForwardTo']).map(address),
      redirectTo: several(parameters['RedirectTo']).map(address),
      forwardAsAttachmentTo: several(parameters['ForwardAsAttachmentTo']).map(address),
      moveToFolder: optional(invocation, 'MoveToFolder') ?? null,
    };
    tenant.write(withMailbox(world, { ...owner.mailbox, rules: [...owner.mailbox.rules, rule] }));
    return [ruleRow(owner, rule)];
  },
};

export const inboxRuleCmdlets: readonly Cmdlet[] = [
  getInboxRule,
  newInboxRule,
  changing('Disable-InboxRule', (rule) => ({ ...rule, isEnabled: false })),
  changing('Enable-InboxRule', (rule) => ({ ...rule, isEnabled: true })),
  changing('Remove-InboxRule', () => undefined),
];
