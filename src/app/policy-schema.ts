import { z } from 'zod/v4';
import { createCalendar } from '#adapters/calendar/luxon-calendar';

const calendar = createCalendar();

const id = z
  .guid({ error: 'an Entra object id is wanted, such as b0000000-0000-4000-8000-000000000001' })
  .describe('Object id as the Entra admin centre shows it.');
const name = z.string().min(1, { error: 'a name is wanted' });
const group = z
  .strictObject({ id, name: name.describe('For people who read this file; the group is found by its id.') })
  .describe('An Entra group.');
const role = z.enum(['hr', 'it', 'itLeadership', 'approvers', 'auditors']);
const onSilence = z.enum(['close-access', 'take-default', 'wait-and-escalate']);

const ms = (most: number) => z.int().min(0).max(most);
const count = (least: number, most: number) => z.int().min(least).max(most);

const verify = z.strictObject({
  gapMs: ms(60_000).describe('Two agreeing reads at least this far apart are a proof.'),
  firstPollMs: ms(600_000).describe('When the first read-back follows an action; then ever later, up to maxPollMs.'),
  maxPollMs: ms(3_600_000),
  deadlineMs: ms(86_400_000).describe('A read-back that does not agree by then becomes an exception.'),
  settleMs: ms(3_600_000).describe('How long after sending an action a read may say that it did not happen.'),
});

const run = z.strictObject({
  maxAttempts: count(1, 20).describe('How often one action is begun before it becomes an exception.'),
  backoffMs: ms(600_000).describe('Pause before the second attempt; doubled for each further one.'),
  graphWidth: count(1, 20).describe('Actions on Microsoft Graph under way side by side.'),
  exchangeWidth: count(1, 10).describe('Actions on Exchange under way side by side.'),
});

const leaver = z.strictObject({
  firm: name.describe('Filled in for {firm}.'),
  autoReply: name.describe('What the mailbox answers; {name}, {firm} and {delegate} are filled in.'),
  nowNeedsSecondHr: z.boolean().describe('A leaver "now" waits for a second person of HR.'),
  secondHrDueMinutes: count(1, 10_080).describe('After that the wait is escalated.'),
  handOver: z.strictObject({
    dueHours: count(1, 720).describe('How long the manager has at least.'),
    onSilence: onSilence.describe('What happens when the manager has not decided by then.'),
  }),
  delegateDays: count(1, 365).describe('How long the delegate keeps the mailbox.'),
  latestPastDays: count(0, 3650).describe('How far back a last working day may lie.'),
  furthestFutureDays: count(1, 3650).describe('How far ahead a last working day may lie.'),
});

const site = z.strictObject({
  name: name.describe('As Entra has it in officeLocation.'),
  zone: z
    .string()
    .refine((zone) => calendar.isZone(zone), { error: 'a time zone such as Europe/London is wanted' })
    .describe('IANA time zone.'),
  endOfDay: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'a time such as "17:00" is wanted, in quotes' })
    .describe('When a working day ends there, HH:mm.'),
});

/** The firm's rules as policy.yaml has them. `sandbox` replaces single values while Latchkey runs in sandbox mode, and only then. */
export const policySchema = z
  .strictObject({
    people: z
      .strictObject({ hr: group, it: group, itLeadership: group, approvers: group, auditors: group })
      .describe('Who is who: one Entra group per role; nested groups count.'),
    fallbackApprover: id.describe('Decides in place of a manager who is not there.'),
    protectedAccounts: z
      .strictObject({ groups: z.array(group), userIds: z.array(id) })
      .describe('Nobody opens a case for these: break-glass and service accounts.'),
    defaultSite: name.describe('For people whose officeLocation is none of the sites.'),
    sites: z.array(site).min(1, { error: 'at least one site is wanted' }),
    leaver,
    verify,
    run,
    exceptions: z.strictObject({
      ownerRole: role.describe('Who owns what could not be done.'),
      dueHours: count(1, 720),
    }),
    cards: z.strictObject({ editGapMs: ms(60_000).describe('A card is edited at most this often.') }),
    sandbox: z
      .strictObject({
        leaver: leaver.partial(),
        verify: verify.partial(),
        run: run.partial(),
        exceptions: z.strictObject({ dueHours: count(1, 720) }).partial(),
        cards: z.strictObject({ editGapMs: ms(60_000) }).partial(),
      })
      .partial()
      .optional()
      .describe('Counts in sandbox mode only.'),
  })
  .refine((policy) => policy.sites.some((known) => known.name === policy.defaultSite), {
    path: ['defaultSite'],
    error: 'the name of one of the sites is wanted',
  })
  .describe('Rules of the firm for Latchkey');

export type PolicyFile = z.output<typeof policySchema>;

/** For editors: what `config/policy.schema.json` holds. */
export function policyJsonSchema(): object {
  return z.toJSONSchema(policySchema, { io: 'input', target: 'draft-7' });
}
