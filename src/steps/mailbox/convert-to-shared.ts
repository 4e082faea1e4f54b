import { z } from 'zod';
import { Failure } from '#domain/failure';
import { reverseChange } from '#domain/reverse-change';
import type { Step, StepContext } from '#engine/step';
import { needsLicence, noMailbox, readMailbox } from '#steps/mailbox/read-mailbox';
import { readWhyLicenceStays } from '#steps/mailbox/read-mailbox-limits';
import { readLicences } from '#steps/users/read-licences';

const id = 'mailbox.convert-to-shared';

const wantedState = z.object({ recipientTypeDetails: z.enum(['UserMailbox', 'SharedMailbox']) });

/** A regular mailbox without a licence is disabled by Exchange, and deleted after 30 days. */
async function refuseWithoutLicence(ctx: StepContext): Promise<void> {
  if ((await readLicences(ctx)).some((licence) => licence.carriesMailbox)) return;
  throw new Failure('No licence carries a mailbox: a regular mailbox would be lost', {
    kind: 'refused',
    code: 'latchkey.mailbox-needs-licence',
  });
}

/**
 * Makes the mailbox shared: the mail stays, up to 50 GB without a licence, for whoever is let in.
 * https://learn.microsoft.com/powershell/module/exchange/set-mailbox
 */
export const convertToShared: Step = {
  id,
  version: 1,
  permissions: ['Exchange.ManageAsApp', 'User.Read.All'],
  executor: 'exchange',
  risk: 'routine',
  effect: 'set',
  proof: 'read-back',
  byHand: 'Exchange admin centre > Mailboxes > the person > Convert to shared mailbox, and look that it is shared',
  after: [],

  describe: ({ after }) =>
    wantedState.safeParse(after).data?.recipientTypeDetails === 'UserMailbox'
      ? { group: 'Mail', will: 'Mailbox becomes a personal one again', done: 'Mailbox is a personal one again' }
      : {
          group: 'Mail',
          will: 'Mailbox becomes shared',
          done: 'Mailbox is shared',
          back: 'the mailbox is a personal one',
        },

  async plan(ctx) {
    const mailbox = await readMailbox(ctx);
    if (!mailbox) return noMailbox(id, ctx.userId);
    const key = `${id}:${ctx.userId}`;
    const target = { kind: 'mailbox', id: ctx.userId, displayName: 'Mailbox' } as const;
    const { recipientTypeDetails } = mailbox;
    if (!needsLicence(mailbox)) {
      const text =
        recipientTypeDetails === 'SharedMailbox'
          ? 'The mailbox is shared already'
          : `The mailbox is a ${recipientTypeDetails}`;
      return [{ kind: 'not-needed', key, target, observation: { text, data: { recipientTypeDetails } } }];
    }
    const whyLicenceStays = await readWhyLicenceStays(ctx, mailbox);
    const attention = whyLicenceStays ? { attention: `The mailbox keeps its licence: ${whyLicenceStays}` } : {};
    const change = {
      key,
      target,
      before: { recipientTypeDetails },
      after: { recipientTypeDetails: 'SharedMailbox' },
      ...attention,
    };
    return [{ kind: 'change', change }];
  },

  covers: (_approved, now) => wantedState.safeParse(now.after).data?.recipientTypeDetails === 'SharedMailbox',

  async apply(ctx, change) {
    const shared = wantedState.parse(change.after).recipientTypeDetails === 'SharedMailbox';
    if (!shared) await refuseWithoutLicence(ctx);
    const parameters = { Identity: ctx.userId, Type: shared ? 'Shared' : 'Regular' };
    await ctx.exchange.invoke('Set-Mailbox', parameters, z.unknown(), { anchor: ctx.userId });
    return { requestedAt: ctx.now };
  },

  async verify(ctx, change) {
    const wanted = wantedState.parse(change.after);
    const mailbox = await readMailbox(ctx);
    if (!mailbox)
      return { outcome: 'contradicted', observation: { text: 'The mailbox is gone', data: { mailbox: null } } };
    const { recipientTypeDetails } = mailbox;
    const text =
      recipientTypeDetails === 'SharedMailbox' ? 'The mailbox is shared' : `The mailbox is a ${recipientTypeDetails}`;
    const outcome = recipientTypeDetails === wanted.recipientTypeDetails ? 'confirmed' : 'pending';
    return { outcome, observation: { text, data: { recipientTypeDetails } } };
  },

  undo: { reverse: async (_ctx, change) => reverseChange(change) },
};
