import { z } from 'zod/v4';
import { createCalendar } from '#adapters/calendar/luxon-calendar';

const calendar = createCalendar();

export const id = z
  .guid({ error: 'an Entra object id is wanted, such as b0000000-0000-4000-8000-000000000001' })
  .describe('Object id as the Entra admin centre shows it.');
export const name = z.string().min(1, { error: 'a name is wanted' });
export const group = z
  .strictObject({ id, name: name.describe('For people who read this file; the group is found by its id.') })
  .describe('An Entra group.');
const role = z.enum(['hr', 'it', 'itLeadership', 'approvers', 'auditors']);
export const onSilence = z.enum(['close-access', 'take-default', 'grant-signed', 'wait-and-escalate', 'lapse']);

export const ms = (most: number) => z.int().min(0).max(most);
export const count = (least: number, most: number) => z.int().min(least).max(most);

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'a time such as "17:00" is wanted, in quotes' });
const date = z.iso.date({ error: 'a date such as "2026-11-30" is wanted, in quotes' });
const risk = z.enum(['routine', 'elevated', 'destructive']);
const stepId = z
  .templateLiteral([z.string(), '.', z.string()], { error: 'a step such as licenses.remove-licences is wanted' })
  .describe('As docs/process-map.md names it.');
const days = { Mon: 1, Tue: 2, Wed: 3, Thu: 4, Fri: 5, Sat: 6, Sun: 7 } as const;
const weekday = z.enum(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']);

export const site = z
  .strictObject({
    name: name.describe('As Entra has it in officeLocation.'),
    zone: z
      .string()
      .refine((zone) => calendar.isZone(zone), { error: 'a time zone such as Europe/London is wanted' })
      .describe('IANA time zone.'),
    startOfDay: timeOfDay.default('09:00').describe('When a working day begins there, HH:mm.'),
    endOfDay: timeOfDay.describe('When a working day ends there, HH:mm: the last business hour.'),
    workdays: z
      .array(weekday)
      .min(1, { error: 'at least one day is wanted' })
      .default(['Mon', 'Tue', 'Wed', 'Thu', 'Fri'])
      .describe('Working days.'),
    holidays: z
      .string()
      .refine((place) => calendar.isHolidayPlace(place), {
        error: 'a country, or a country and its region, is wanted, such as GB-ENG, IE or US-TX',
      })
      .optional()
      .describe('Whose public holidays count: GB-ENG, IE, US-TX. Left out: no public holidays.'),
  })
  .transform(({ workdays, holidays, ...site }) => ({
    ...site,
    workdays: workdays.map((day) => days[day]),
    ...(holidays === undefined ? {} : { holidays }),
  }));

const asked = z.union([
  z.strictObject({ role }),
  z.strictObject({ person: z.enum(['manager', 'managers-manager', 'entitlement-owner']) }),
  z.strictObject({ userId: id }),
]);

const rule = z.strictObject({
  id: name.describe('A short name of the rule; stands in the evidence.'),
  when: z
    .strictObject({
      kinds: z.array(z.enum(['joiner', 'mover', 'leaver', 'absence'])).optional(),
      risks: z.array(risk).optional(),
      parts: z.array(z.enum(['hand-over', 'closing'])).optional(),
      sites: z.array(name).optional(),
      steps: z.array(stepId).optional(),
    })
    .describe('Everything named here has to fit; closing access never waits for a rule.'),
  ask: z.array(asked).min(1, { error: 'somebody to ask is wanted' }),
  need: z.union([z.enum(['one', 'all']), count(1, 20)]).describe('How many of them have to agree.'),
  stage: count(1, 9).default(1).describe('Asked when every lower stage has agreed.'),
  dueHours: count(1, 720).describe('Working hours until silence counts.'),
  onSilence,
});

export const decisions = z.strictObject({
  rules: z.array(rule).default([]),
  fourEyes: z.array(risk).default(['elevated', 'destructive']),
  onReject: z.enum(['part', 'case']).default('part'),
  remindAt: z.array(z.number().gt(0).lt(1)).default([0.5, 0.75]),
  quietHours: z.strictObject({ from: timeOfDay, to: timeOfDay }).default({ from: '19:00', to: '08:00' }),
  escalateTo: role.default('itLeadership'),
  escalationHours: count(1, 720).default(8),
  digestFrom: count(2, 100).default(4),
  newcomerHours: count(0, 720).default(24),
  approvalValidDays: count(1, 3650).default(90),
  outageGraceHours: count(0, 240).default(4),
});

const rota = z.strictObject({
  startsOn: date.describe('First day of the first person.'),
  days: count(1, 90).describe('How long each has it.'),
  userIds: z.array(id).min(1, { error: 'at least one person is wanted' }),
});

export const exceptions = z
  .strictObject({
    ownerRole: role.describe('Who owns what could not be done.'),
    rota: rota.optional().describe('One person of the owning group at a time, in turn.'),
    dueHours: count(1, 720).describe('Hours until an exception is overdue.'),
    highDueHours: count(1, 720).default(4).describe('The same for what leaves access open.'),
    escalateTo: role.default('itLeadership').describe('Who is told what is overdue.'),
    waive: z
      .strictObject({ routine: z.array(role).min(1), elevated: z.array(role).min(1), closing: z.array(role).min(1) })
      .default({ routine: ['it'], elevated: ['approvers'], closing: ['hr', 'approvers'] })
      .refine(({ closing }) => closing.includes('hr') && closing.includes('approvers'), {
        error: 'HR and an approver have to be among those who sign that access is left open',
        path: ['closing'],
      })
      .describe('Who signs that an exception is accepted: somebody of every role named.'),
    longestWaiverDays: count(1, 3650).default(365),
  })
  .transform(({ rota, ...others }) => ({ ...others, ...(rota === undefined ? {} : { rota }) }));

export const promises = z.strictObject({
  leaverClosed: z.union([z.literal('end-of-day'), count(1, 240)]).default('end-of-day'),
  leastHours: count(1, 240).default(4),
  warnMinutes: count(1, 1440).default(60),
});

export const watch = z.strictObject({
  leaverHours: z.array(count(1, 100_000)).default([1, 24, 168, 720, 2160]),
  sweepMonths: count(1, 120).default(12),
  sweepAt: timeOfDay.default('05:00'),
});

export const house = z.strictObject({
  morningAt: timeOfDay.default('07:30'),
  outageMinutes: count(2, 1440).default(15),
});

export const laterSteps = z
  .array(z.strictObject({ stepId, days: count(1, 3650) }))
  .default([])
  .describe('Steps that come so many days after the rest, as follow-up cases.');
