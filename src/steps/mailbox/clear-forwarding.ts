import { z } from 'zod';
import { reverseChange } from '#domain/reverse-change';
import type { Step } from '#engine/step';
import { isFirmAddress, readFirmDomains } from '#steps/mailbox/read-firm-domains';
import { noMailbox, readMailbox } from '#steps/mailbox/read-mailbox';

const id = 'mailbox.clear-forwarding';

const forwarding = z.object({
  forwardingAddress: z.string().nullable(),
  forwardingSmtpAddress: z.string().nullable(),
  deliverToMailboxAndForward: z.boolean(),
});

const none = { forwardingAddress: null, forwardingSmtpAddress: null, deliverToMailboxAndForward: false };

const isOn = (state: z.infer<typeof forwarding>) =>
  state.forwardingAddress !== null || state.forwardingSmtpAddress !== null;

/**
 * Ends the forwarding that is set on the mailbox itself; Graph does not show it.
 * https://learn.microsoft.com/powershell/module/exchange/set-mailbox
 */
export const clearForwarding: Step = {
  id,
  version: 1,
  permissions: ['Exchange.ManageAsApp', 'User.Read.All'],
  executor: 'exchange',
  risk: 'routine',
  effect: 'set',
  proof: 'read-back',
  byHand: 'Exchange admin centre > Mailboxes > the person > Manage mail flow settings > Email forwarding: off',
  after: [],

  describe: ({ after }) => {
    const wanted = forwarding.safeParse(after).data;
    return wanted && isOn(wanted)
      ? { group: 'Mail', will: 'Forwarding begins again', done: 'Forwarding began again' }
      : { group: 'Mail', will: 'Forwarding stops', done: 'Forwarding stopped', back: 'the mailbox forwards mail' };
  },

  async plan(ctx) {
    const [mailbox, domains] = await Promise.all([readMailbox(ctx), readFirmDomains(ctx)]);
    if (!mailbox) return noMailbox(id, ctx.userId);
    const key = `${id}:${ctx.userId}`;
    const target = { kind: 'mailbox', id: ctx.userId, displayName: 'Mailbox' } as const;
    const { forwardingAddress, forwardingSmtpAddress, deliverToMailboxAndForward } = mailbox;
    const before = { forwardingAddress, forwardingSmtpAddress, deliverToMailboxAndForward };
    if (!isOn(before)) {
      return [
        { kind: 'not-needed', key, target, observation: { text: 'The mailbox forwards to nobody', data: before } },
      ];
    }
    const address = forwardingSmtpAddress?.replace(/^smtp:/i, '');
    const outside = address !== undefined && !isFirmAddress(address, domains);
    const attention = outside ? { attention: `Forwarded until now to ${address}, an address outside the firm` } : {};
    return [{ kind: 'change', change: { key, target, before, after: none, ...attention } }];
  },

  covers(_approved, now) {
    const wanted = forwarding.safeParse(now.after).data;
    return wanted !== undefined && !isOn(wanted);
  },

  async apply({ exchange, userId, now }, change) {
    const wanted = forwarding.parse(change.after);
    const parameters = {
      Identity: userId,
      ForwardingAddress: wanted.forwardingAddress,
      ForwardingSmtpAddress: wanted.forwardingSmtpAddress,
      DeliverToMailboxAndForward: wanted.deliverToMailboxAndForward,
    };
    await exchange.invoke('Set-Mailbox', parameters, z.unknown(), { anchor: userId });
    return { requestedAt: now };
  },

  async verify(ctx, change) {
    const wanted = forwarding.parse(change.after);
    const mailbox = await readMailbox(ctx);
    if (!mailbox)
      return { outcome: 'contradicted', observation: { text: 'The mailbox is gone', data: { mailbox: null } } };
    const { forwardingAddress, forwardingSmtpAddress, deliverToMailboxAndForward } = mailbox;
    const data = { forwardingAddress, forwardingSmtpAddress, deliverToMailboxAndForward };
    const same =
      forwardingAddress === wanted.forwardingAddress && forwardingSmtpAddress === wanted.forwardingSmtpAddress;
    const text = isOn(data) ? 'The mailbox forwards' : 'The mailbox forwards to nobody';
    return { outcome: same ? 'confirmed' : 'pending', observation: { text, data } };
  },

  undo: { reverse: async (_ctx, change) => reverseChange(change) },
};
