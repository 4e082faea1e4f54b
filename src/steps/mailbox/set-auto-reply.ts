import { z } from 'zod';
import { isFailure } from '#domain/failure';
import type { Json } from '#domain/json';
import { reverseChange } from '#domain/reverse-change';
import type { Step, StepContext } from '#engine/step';
import { noMailbox } from '#steps/mailbox/read-mailbox';
import { htmlOf, wordsOf } from '#steps/mailbox/reply-text';

const id = 'mailbox.set-auto-reply';

/** `null` or an empty message: no automatic reply was asked for. */
export type AutoReplyIntent = { readonly message: string } | null;

const moment = z.object({ dateTime: z.string(), timeZone: z.string() });

const autoReply = z.object({
  status: z.enum(['disabled', 'alwaysEnabled', 'scheduled']),
  externalAudience: z.enum(['none', 'contactsOnly', 'all']),
  internalReplyMessage: z
    .string()
    .nullish()
    .transform((html) => html ?? ''),
  externalReplyMessage: z
    .string()
    .nullish()
    .transform((html) => html ?? ''),
  scheduledStartDateTime: moment.optional(),
  scheduledEndDateTime: moment.optional(),
});

type AutoReply = z.infer<typeof autoReply>;

/** https://learn.microsoft.com/graph/api/user-get-mailboxsettings; the schedule counts only where the status is `scheduled`. */
async function readAutoReply({ graph, userId }: StepContext): Promise<AutoReply> {
  const read = await graph.get(`/users/${userId}/mailboxSettings/automaticRepliesSetting`, autoReply);
  const { scheduledStartDateTime: _from, scheduledEndDateTime: _to, ...always } = read;
  return read.status === 'scheduled' ? read : always;
}

function isSame(a: AutoReply, b: AutoReply): boolean {
  if (a.status !== b.status) return false;
  if (a.status === 'disabled') return true;
  return (
    a.externalAudience === b.externalAudience &&
    wordsOf(a.internalReplyMessage) === wordsOf(b.internalReplyMessage) &&
    wordsOf(a.externalReplyMessage) === wordsOf(b.externalReplyMessage)
  );
}

function jsonOf({ scheduledStartDateTime, scheduledEndDateTime, ...always }: AutoReply): Json {
  return scheduledStartDateTime && scheduledEndDateTime
    ? { ...always, scheduledStartDateTime, scheduledEndDateTime }
    : always;
}

/**
 * Answers everybody who writes to the person, inside the firm and outside, with the text that was asked for.
 * https://learn.microsoft.com/graph/api/user-update-mailboxsettings
 */
export const setAutoReply: Step<AutoReplyIntent> = {
  id,
  version: 1,
  permissions: ['MailboxSettings.ReadWrite'],
  executor: 'graph',
  risk: 'routine',
  effect: 'set',
  proof: 'read-back',
  byHand:
    'Exchange admin centre > Mailboxes > the person > Others > Automatic replies, in the words that were asked for',
  after: [],

  describe: ({ after }) =>
    autoReply.safeParse(after).data?.status === 'disabled'
      ? { group: 'Mail', will: 'Auto-reply is switched off', done: 'Auto-reply is off' }
      : { group: 'Mail', will: 'Auto-reply is switched on', done: 'Auto-reply is on' },

  async plan(ctx, intent) {
    const key = `${id}:${ctx.userId}`;
    const target = { kind: 'mailbox', id: ctx.userId, displayName: 'Auto-reply' } as const;
    const message = htmlOf(intent?.message ?? '');
    if (message === '') {
      const observation = {
        text: 'No auto-reply was asked for',
        data: { status: 'disabled', externalAudience: 'none' },
      };
      return [{ kind: 'not-needed', key, target, observation }];
    }
    const wanted = {
      status: 'alwaysEnabled',
      externalAudience: 'all',
      internalReplyMessage: message,
      externalReplyMessage: message,
    } as const;
    try {
      const before = await readAutoReply(ctx);
      if (!isSame(before, wanted))
        return [{ kind: 'change', change: { key, target, before: jsonOf(before), after: wanted } }];
      return [{ kind: 'not-needed', key, target, observation: { text: 'The auto-reply is on', data: jsonOf(before) } }];
    } catch (error) {
      if (isFailure(error, 'not-found')) return noMailbox(id, ctx.userId);
      throw error;
    }
  },

  /** The words that were approved, whatever the mailbox answered with until now. */
  covers(approved, now) {
    const wanted = autoReply.safeParse(now.after).data;
    return approved.changes.some((change) => {
      const then = change.key === now.key ? autoReply.safeParse(change.after).data : undefined;
      return wanted !== undefined && then !== undefined && isSame(then, wanted);
    });
  },

  async apply({ graph, userId, now }, change) {
    const automaticRepliesSetting = jsonOf(autoReply.parse(change.after));
    await graph.patch(`/users/${userId}/mailboxSettings`, { automaticRepliesSetting });
    return { requestedAt: now };
  },

  async verify(ctx, change) {
    const read = await readAutoReply(ctx);
    const text = read.status === 'disabled' ? 'The auto-reply is off' : 'The auto-reply is on';
    const outcome = isSame(read, autoReply.parse(change.after)) ? 'confirmed' : 'pending';
    return { outcome, observation: { text, data: jsonOf(read) } };
  },

  undo: { reverse: async (_ctx, change) => reverseChange(change) },
};
