import { z } from 'zod';
import { Failure, isFailure } from '#domain/failure';
import type { Planned, StepContext } from '#engine/step';

export interface Mailbox {
  /** `UserMailbox` and everything else that is no shared, room or equipment mailbox needs a licence. */
  readonly recipientTypeDetails: string;
  readonly forwardingAddress: string | null;
  readonly forwardingSmtpAddress: string | null;
  readonly deliverToMailboxAndForward: boolean;
  readonly litigationHoldEnabled: boolean;
}

const text = z
  .string()
  .nullish()
  .transform((value) => value || null);

const getMailbox = z.object({
  RecipientTypeDetails: z.string(),
  ForwardingAddress: text,
  ForwardingSmtpAddress: text,
  DeliverToMailboxAndForward: z.boolean().nullish(),
  LitigationHoldEnabled: z.boolean().nullish(),
});

/**
 * One fresh Get-Mailbox (Exchange.ManageAsApp). `undefined`: no mailbox in Exchange Online.
 * https://learn.microsoft.com/powershell/module/exchange/get-mailbox
 */
export async function readMailbox({ exchange, userId }: StepContext): Promise<Mailbox | undefined> {
  const options = { anchor: userId, select: Object.keys(getMailbox.shape) };
  try {
    const { value } = await exchange.invoke('Get-Mailbox', { Identity: userId }, getMailbox, options);
    const read = value[0];
    return (
      read && {
        recipientTypeDetails: read.RecipientTypeDetails,
        forwardingAddress: read.ForwardingAddress,
        forwardingSmtpAddress: read.ForwardingSmtpAddress,
        deliverToMailboxAndForward: read.DeliverToMailboxAndForward === true,
        litigationHoldEnabled: read.LitigationHoldEnabled === true,
      }
    );
  } catch (error) {
    if (isFailure(error, 'not-found')) return undefined;
    throw error;
  }
}

export function needsLicence({ recipientTypeDetails }: Mailbox): boolean {
  return !['SharedMailbox', 'RoomMailbox', 'EquipmentMailbox', 'SchedulingMailbox', 'TeamMailbox'].includes(
    recipientTypeDetails,
  );
}

/**
 * Throws `refused` while a regular mailbox stands: without its licence Exchange disables it, and deletes it after 30 days.
 * Read at the last moment before a licence goes, whatever was proved earlier.
 */
export async function refuseWhileRegular(ctx: StepContext): Promise<void> {
  const mailbox = await readMailbox(ctx);
  if (!mailbox || !needsLicence(mailbox)) return;
  throw new Failure(`The mailbox is still a ${mailbox.recipientTypeDetails}: without a licence it would be lost`, {
    kind: 'refused',
    code: 'latchkey.mailbox-not-shared',
  });
}

/** The one outcome of every mailbox step for a person without a mailbox. */
export function noMailbox(stepId: string, userId: string): readonly Planned[] {
  const target = { kind: 'mailbox', id: userId, displayName: 'Mailbox' } as const;
  const observation = { text: 'Has no mailbox', data: { mailbox: null } };
  return [{ kind: 'not-needed', key: `${stepId}:${userId}`, target, observation }];
}
