import { mailboxSeen, mailboxTrue } from '#sandbox/graph/mailbox-settings';
import { type Answer, badRequest, created, noContent, notServed, ok, Refusal } from '#sandbox/http/answers';
import { allowQuery, bodyObject, isObject, param, type RoutedCall } from '#sandbox/http/call';
import type { Route } from '#sandbox/http/router';
import { entity, page } from '#sandbox/query/paging';
import { type InboxRule, type Json, type JsonObject, type Mailbox, withMailbox } from '#sandbox/tenant/world';

const recipients = (addresses: readonly string[]): readonly Json[] =>
  addresses.map((address) => ({ emailAddress: { name: address, address } }));

const filled = (entries: readonly (readonly [string, readonly Json[]])[]): JsonObject =>
  Object.fromEntries(entries.filter(([, list]) => list.length > 0));

/** Graph names only the actions and conditions that a rule has. */
function ruleResource(rule: InboxRule): JsonObject {
  const actions = filled([
    ['forwardTo', recipients(rule.forwardTo)],
    ['redirectTo', recipients(rule.redirectTo)],
    ['forwardAsAttachmentTo', recipients(rule.forwardAsAttachmentTo)],
  ]);
  return {
    id: rule.id,
    displayName: rule.displayName,
    sequence: rule.sequence,
    isEnabled: rule.isEnabled,
    hasError: false,
    isReadOnly: rule.isReadOnly,
    conditions: filled([['subjectContains', rule.subjectContains]]),
    actions: {
      ...actions,
      ...(rule.moveToFolder === null ? {} : { moveToFolder: rule.moveToFolder }),
      stopProcessingRules: true,
    },
  };
}

const visible = (mailbox: Mailbox): readonly InboxRule[] => mailbox.rules.filter((rule) => !rule.hidden);

function ruleOf(call: RoutedCall, mailbox: Mailbox): InboxRule {
  const rule = visible(mailbox).find((candidate) => candidate.id === param(call, 'rule'));
  if (rule === undefined)
    throw new Refusal(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
  return rule;
}

const context = (mailbox: Mailbox): string => `users('${mailbox.userId}')/mailFolders('inbox')/messageRules`;

function list(call: RoutedCall): Answer {
  allowQuery(call, '$top', '$skiptoken');
  const mailbox = mailboxSeen(call);
  return ok(page(call, context(mailbox), visible(mailbox).map(ruleResource)));
}

function get(call: RoutedCall): Answer {
  allowQuery(call);
  const mailbox = mailboxSeen(call);
  return ok(entity(call, `${context(mailbox)}/$entity`, ruleResource(ruleOf(call, mailbox))));
}

function write(call: RoutedCall, mailbox: Mailbox, rules: readonly InboxRule[]): void {
  call.tenant.write(withMailbox(call.tenant.truth(), { ...mailbox, rules }));
}

function checkChangeable(rule: InboxRule): void {
  if (rule.isReadOnly) throw new Refusal(403, 'ErrorAccessDenied', 'The rule is read-only and cannot be modified.');
}

function addresses(actions: JsonObject, name: string): readonly string[] | undefined {
  const list = actions[name];
  if (list === undefined) return undefined;
  if (!Array.isArray(list)) throw badRequest(`Invalid value specified for property '${name}'.`);
  return list.map((item: Json) => {
    const address = isObject(item) ? item['emailAddress'] : undefined;
    return isObject(address) ? String(address['address']) : '';
  });
}

/** The rule with the fields of a PATCH or POST body; actions and conditions are each replaced as a whole. */
function changed(rule: InboxRule, body: JsonObject): InboxRule {
  const { displayName, sequence, isEnabled, actions, conditions, ...others } = body;
  const stranger = Object.keys(others).find((name) => !['id', 'hasError', 'isReadOnly', 'exceptions'].includes(name));
  if (stranger !== undefined) throw notServed(`writing '${stranger}' of a messageRule`);
  const subject = isObject(conditions) ? conditions['subjectContains'] : undefined;
  const acts = isObject(actions)
    ? {
        forwardTo: addresses(actions, 'forwardTo') ?? [],
        redirectTo: addresses(actions, 'redirectTo') ?? [],
        forwardAsAttachmentTo: addresses(actions, 'forwardAsAttachmentTo') ?? [],
        moveToFolder: typeof actions['moveToFolder'] === 'string' ? actions['moveToFolder'] : null,
      }
    : {};
  return {
    ...rule,
    displayName: typeof displayName === 'string' ? displayName : rule.displayName,
    sequence: typeof sequence === 'number' ? sequence : rule.sequence,
    isEnabled: typeof isEnabled === 'boolean' ? isEnabled : rule.isEnabled,
    subjectContains: Array.isArray(subject) ? subject.map(String) : rule.subjectContains,
    ...acts,
  };
}

function update(call: RoutedCall): Answer {
  const mailbox = mailboxTrue(call);
  const rule = ruleOf(call, mailbox);
  checkChangeable(rule);
  const next = changed(rule, bodyObject(call));
  write(
    call,
    mailbox,
    mailbox.rules.map((other) => (other === rule ? next : other)),
  );
  return ok(entity(call, `${context(mailbox)}/$entity`, ruleResource(next)));
}

function remove(call: RoutedCall): Answer {
  const mailbox = mailboxTrue(call);
  const rule = ruleOf(call, mailbox);
  checkChangeable(rule);
  write(
    call,
    mailbox,
    mailbox.rules.filter((other) => other !== rule),
  );
  return noContent;
}

/** The next free id of a mailbox's rules: a long number, as Exchange gives them. */
export function nextRuleId(mailbox: Mailbox): string {
  const largest = mailbox.rules.reduce((most, rule) => (BigInt(rule.id) > most ? BigInt(rule.id) : most), 0n);
  return (largest + 1n).toString();
}

function create(call: RoutedCall): Answer {
  const mailbox = mailboxTrue(call);
  const blank: InboxRule = {
    id: nextRuleId(mailbox),
    displayName: '',
    sequence: visible(mailbox).length + 1,
    isEnabled: true,
    isReadOnly: false,
    hidden: false,
    subjectContains: [],
    forwardTo: [],
    redirectTo: [],
    forwardAsAttachmentTo: [],
    moveToFolder: null,
  };
  const rule = changed(blank, bodyObject(call));
  if (rule.displayName === '') throw badRequest("The property 'displayName' is required.");
  write(call, mailbox, [...mailbox.rules, rule]);
  return created(entity(call, `${context(mailbox)}/$entity`, ruleResource(rule)));
}

const base = '/users/:user/mailFolders/inbox/messageRules';

export const messageRuleRoutes: readonly Route[] = [
  [`GET ${base}`, list],
  [`POST ${base}`, create],
  [`GET ${base}/:rule`, get],
  [`PATCH ${base}/:rule`, update],
  [`DELETE ${base}/:rule`, remove],
];
