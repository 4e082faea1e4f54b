import { z } from 'zod/v4';
import {
  count,
  decisions,
  exceptions,
  group,
  house,
  id,
  laterSteps,
  ms,
  name,
  onSilence,
  promises,
  site,
  watch,
} from '#app/policy-sections';

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
  later: laterSteps,
  latestPastDays: count(0, 3650).describe('How far back a last working day may lie.'),
  furthestFutureDays: count(1, 3650).describe('How far ahead a last working day may lie.'),
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
    decisions: decisions.prefault({}).describe('How decisions are asked for.'),
    exceptions,
    promises: promises.prefault({}).describe('By when cases are done, and when it is told that one will be late.'),
    watch: watch.prefault({}).describe('Leavers stay left: when they are looked at again.'),
    house: house.prefault({}),
    cards: z.strictObject({ editGapMs: ms(60_000).describe('A card is edited at most this often.') }),
    sandbox: z
      .strictObject({
        leaver: leaver.partial(),
        decisions: decisions.partial(),
        promises: promises.partial(),
        watch: watch.partial(),
        house: house.partial(),
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
