import { findUser } from '#sandbox/graph/user-resource';
import { type Answer, badRequest, notServed, ok, Refusal } from '#sandbox/http/answers';
import { allowQuery, bodyObject, directoryView, isObject, param, type RoutedCall } from '#sandbox/http/call';
import type { Route } from '#sandbox/http/router';
import { entity } from '#sandbox/query/paging';
import { checkNames, listOption, pick } from '#sandbox/query/select';
import { type AutoReply, type JsonObject, type Mailbox, type World, withMailbox } from '#sandbox/tenant/world';

/** What Graph says of users without a mailbox, with a disabled one, and of guests. */
const withoutMailbox = (): Refusal =>
  new Refusal(
    404,
    'MailboxNotEnabledForRESTAPI',
    'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
  );

function mailboxIn(call: RoutedCall, world: World, directory: World): Mailbox {
  const mailbox = world.mailboxes[findUser(directory, param(call, 'user')).id];
  if (mailbox === undefined || mailbox.state !== 'active') throw withoutMailbox();
  return mailbox;
}

export const mailboxSeen = (call: RoutedCall): Mailbox =>
  mailboxIn(call, call.tenant.view('exchange'), directoryView(call));

export const mailboxTrue = (call: RoutedCall): Mailbox => mailboxIn(call, call.tenant.truth(), call.tenant.truth());

const purposes = {
  UserMailbox: 'user',
  SharedMailbox: 'shared',
  RoomMailbox: 'room',
  EquipmentMailbox: 'equipment',
} as const;

function autoReplyResource(reply: AutoReply): JsonObject {
  return {
    status: reply.status,
    externalAudience: reply.externalAudience,
    internalReplyMessage: reply.internalReplyMessage,
    externalReplyMessage: reply.externalReplyMessage,
    scheduledStartDateTime: { dateTime: reply.scheduledStart, timeZone: 'UTC' },
    scheduledEndDateTime: { dateTime: reply.scheduledEnd, timeZone: 'UTC' },
  };
}

function settingsResource(mailbox: Mailbox): JsonObject {
  return {
    archiveFolder: null,
    automaticRepliesSetting: autoReplyResource(mailbox.autoReply),
    dateFormat: 'dd/MM/yyyy',
    delegateMeetingMessageDeliveryOptions: 'sendToDelegateOnly',
    language: { locale: mailbox.locale, displayName: mailbox.locale },
    timeFormat: 'HH:mm',
    timeZone: mailbox.timeZone,
    userPurpose: purposes[mailbox.type],
    workingHours: {
      daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
      startTime: '08:00:00.0000000',
      endTime: '17:00:00.0000000',
      timeZone: { name: mailbox.timeZone },
    },
  };
}

function get(call: RoutedCall): Answer {
  allowQuery(call, '$select');
  const mailbox = mailboxSeen(call);
  const full = settingsResource(mailbox);
  const selected = listOption(call.query, '$select');
  checkNames(selected ?? [], Object.keys(full), 'mailboxSettings');
  const context = `users('${mailbox.userId}')/mailboxSettings`;
  return ok(entity(call, context, selected === undefined ? full : pick(full, selected)));
}

function getAutoReply(call: RoutedCall): Answer {
  const mailbox = mailboxSeen(call);
  const context = `users('${mailbox.userId}')/mailboxSettings/automaticRepliesSetting`;
  return ok(entity(call, context, autoReplyResource(mailbox.autoReply)));
}

function getPurpose(call: RoutedCall): Answer {
  const mailbox = mailboxSeen(call);
  const context = `users('${mailbox.userId}')/mailboxSettings/userPurpose`;
  return ok(entity(call, context, { value: purposes[mailbox.type] }));
}

const oneOf = <T extends string>(value: unknown, known: readonly T[], current: T, name: string): T => {
  if (value === undefined) return current;
  const hit = known.find((item) => item === value);
  if (hit === undefined) throw badRequest(`Invalid value specified for property '${name}'.`);
  return hit;
};

const messageOf = (value: unknown, current: string): string => (typeof value === 'string' ? value : current);

const dateTimeOf = (value: unknown, current: string): string =>
  typeof value === 'object' && value !== null && 'dateTime' in value ? String(value.dateTime) : current;

function autoReplyFrom(change: JsonObject, current: AutoReply): AutoReply {
  return {
    status: oneOf(change['status'], ['disabled', 'alwaysEnabled', 'scheduled'], current.status, 'status'),
    externalAudience: oneOf(
      change['externalAudience'],
      ['none', 'contactsOnly', 'all'],
      current.externalAudience,
      'externalAudience',
    ),
    internalReplyMessage: messageOf(change['internalReplyMessage'], current.internalReplyMessage),
    externalReplyMessage: messageOf(change['externalReplyMessage'], current.externalReplyMessage),
    scheduledStart: dateTimeOf(change['scheduledStartDateTime'], current.scheduledStart),
    scheduledEnd: dateTimeOf(change['scheduledEndDateTime'], current.scheduledEnd),
  };
}

function update(call: RoutedCall): Answer {
  const mailbox = mailboxTrue(call);
  const { automaticRepliesSetting, timeZone, ...others } = bodyObject(call);
  const stranger = Object.keys(others)[0];
  if (stranger !== undefined) throw notServed(`writing '${stranger}' of mailboxSettings`);
  const next: Mailbox = {
    ...mailbox,
    autoReply: isObject(automaticRepliesSetting)
      ? autoReplyFrom(automaticRepliesSetting, mailbox.autoReply)
      : mailbox.autoReply,
    timeZone: messageOf(timeZone, mailbox.timeZone),
  };
  call.tenant.write(withMailbox(call.tenant.truth(), next));
  return ok(entity(call, `users('${mailbox.userId}')/mailboxSettings`, settingsResource(next)));
}

export const mailboxSettingsRoutes: readonly Route[] = [
  ['GET /users/:user/mailboxSettings', get],
  ['GET /users/:user/mailboxSettings/automaticRepliesSetting', getAutoReply],
  ['GET /users/:user/mailboxSettings/userPurpose', getPurpose],
  ['PATCH /users/:user/mailboxSettings', update],
];
