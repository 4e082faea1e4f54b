import { type Cmdlet, type Invocation, required, taskFailure } from '#sandbox/exchange/cmdlet';
import { findMailbox } from '#sandbox/exchange/recipients';
import { recipientName } from '#sandbox/tenant/licences';
import { type AutoReply, withMailbox } from '#sandbox/tenant/world';

const states = { Disabled: 'disabled', Enabled: 'alwaysEnabled', Scheduled: 'scheduled' } as const;
const audiences = { None: 'none', Known: 'contactsOnly', All: 'all' } as const;

/** The name under which a table has this value. */
function nameOf<T extends string>(table: Readonly<Record<string, T>>, value: T): string {
  return Object.entries(table).find(([, item]) => item === value)?.[0] ?? value;
}

function chosen<T>(table: Readonly<Record<string, T>>, invocation: Invocation, name: string, current: T): T {
  const given = invocation.parameters[name];
  if (given === undefined) return current;
  const key = Object.keys(table).find((item) => item.toLowerCase() === String(given).toLowerCase());
  const value = key === undefined ? undefined : table[key];
  if (value === undefined) throw taskFailure(`Cannot convert value "${String(given)}" to type of parameter '${name}'.`);
  return value;
}

const get: Cmdlet = {
  name: 'Get-MailboxAutoReplyConfiguration',
  parameters: ['Identity'],
  run: (invocation) => {
    const { mailbox, user } = findMailbox(invocation.tenant.view('exchange'), required(invocation, 'Identity'));
    const reply = mailbox.autoReply;
    return [
      {
        Identity: recipientName(user),
        MailboxOwnerId: recipientName(user),
        AutoReplyState: nameOf(states, reply.status),
        ExternalAudience: nameOf(audiences, reply.externalAudience),
        InternalMessage: reply.internalReplyMessage,
        ExternalMessage: reply.externalReplyMessage,
        StartTime: reply.scheduledStart,
        EndTime: reply.scheduledEnd,
      },
    ];
  },
};

const set: Cmdlet = {
  name: 'Set-MailboxAutoReplyConfiguration',
  parameters: [
    'Identity',
    'AutoReplyState',
    'ExternalAudience',
    'InternalMessage',
    'ExternalMessage',
    'StartTime',
    'EndTime',
    'Confirm',
  ],
  run: (invocation) => {
    const { tenant, parameters } = invocation;
    const world = tenant.truth();
    const { mailbox } = findMailbox(world, required(invocation, 'Identity'));
    const text = (name: string, current: string): string => {
      const value = parameters[name];
      return value === undefined || value === null ? current : String(value);
    };
    const current = mailbox.autoReply;
    const autoReply: AutoReply = {
      status: chosen<AutoReply['status']>(states, invocation, 'AutoReplyState', current.status),
      externalAudience: chosen<AutoReply['externalAudience']>(
        audiences,
        invocation,
        'ExternalAudience',
        current.externalAudience,
      ),
      internalReplyMessage: text('InternalMessage', current.internalReplyMessage),
      externalReplyMessage: text('ExternalMessage', current.externalReplyMessage),
      scheduledStart: text('StartTime', current.scheduledStart),
      scheduledEnd: text('EndTime', current.scheduledEnd),
    };
    tenant.write(withMailbox(world, { ...mailbox, autoReply }));
    return [];
  },
};

export const autoReplyCmdlets: readonly Cmdlet[] = [get, set];
