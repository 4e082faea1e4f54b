import { z } from 'zod';
import type { StepContext } from '#engine/step';
import type { Mailbox } from '#steps/mailbox/read-mailbox';

const sharedLimitBytes = 50 * 1024 ** 3;

/** `62 GB (66,571,993,088 bytes)`: only the bytes in brackets are exact. */
const bytes = z.string().transform((said, context) => {
  const exact = /\(([\d,]+) bytes\)/.exec(said)?.[1];
  if (exact) return Number(exact.replaceAll(',', ''));
  context.addIssue({ code: z.ZodIssueCode.custom, message: `not a size: ${said}` });
  return z.NEVER;
});

const statistics = z.object({ TotalItemSize: bytes });

/**
 * Why this mailbox must keep a licence even as a shared one, as the end of a sentence; `undefined`: it need not.
 * https://learn.microsoft.com/microsoft-365/admin/email/about-shared-mailboxes
 */
export async function readWhyLicenceStays(
  { exchange, userId }: StepContext,
  mailbox: Mailbox,
): Promise<string | undefined> {
  if (mailbox.litigationHoldEnabled) return 'it is on litigation hold';
  const { value } = await exchange.invoke('Get-MailboxStatistics', { Identity: userId }, statistics, {
    anchor: userId,
    select: ['TotalItemSize'],
  });
  const size = value[0]?.TotalItemSize ?? 0;
  return size > sharedLimitBytes ? `it holds ${(size / 1024 ** 3).toFixed(1)} GB, more than 50 GB` : undefined;
}
