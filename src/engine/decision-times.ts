import { actorId } from '#domain/actor';
import type { CaseRecord } from '#domain/case';
import { earliest, type Instant, isAtOrAfter, msBetween, plusMs } from '#domain/instant';
import type { Requirement } from '#domain/part';
import type { Site } from '#domain/policy';
import type { Engine } from '#engine/engine';
import { siteOf } from '#engine/site-of';

const hour = 3_600_000;

/** Where whoever is asked works, as far as the case tells; otherwise where the subject does. */
export function decidersSite({ policy }: Engine, record: CaseRecord, requirement: Requirement): Site {
  const { person, manager, managersManager, delegate } = record;
  const ids = requirement.of.flatMap((decider) => (decider.kind === 'person' ? [decider.userId] : []));
  const known = [manager, managersManager, delegate].find((someone) => someone && ids.includes(someone.userId));
  return siteOf(policy, known ?? person);
}

/**
 * When reminders are due: at the policy's fractions of the time to decide, moved on to when people there may be written to. One that
 * would come at the deadline or after it is none: then others are asked.
 */
function reminderTimes(engine: Engine, record: CaseRecord, requirement: Requirement): readonly Instant[] {
  const { calendar, policy } = engine;
  const { remindAt, quietHours } = policy.decisions;
  const { askedAt, dueAt } = requirement;
  const site = decidersSite(engine, record, requirement);
  const span = msBetween(askedAt, dueAt);
  return [...remindAt]
    .sort((a, b) => a - b)
    .map((fraction) => calendar.nextContact(plusMs(askedAt, Math.round(span * fraction)), site, quietHours))
    .filter((at) => !isAtOrAfter(at, dueAt));
}

/** How many reminders were due by now, sent or not. */
export function remindersDue(engine: Engine, record: CaseRecord, requirement: Requirement, now: Instant): number {
  return reminderTimes(engine, record, requirement).filter((at) => isAtOrAfter(now, at)).length;
}

export function nextReminder(
  engine: Engine,
  record: CaseRecord,
  requirement: Requirement,
  now: Instant,
): Instant | undefined {
  return earliest(reminderTimes(engine, record, requirement).filter((at) => !isAtOrAfter(now, at)));
}

/** Until when somebody who is asked only now, or anew, has to decide: as long as the rules give. */
export function freshDeadline(engine: Engine, record: CaseRecord, requirement: Requirement, now: Instant): Instant {
  const { calendar, policy } = engine;
  const { requirementId, askedAt, dueAt } = requirement;
  const rule = policy.decisions.rules.find(({ id }) => requirementId === `rule:${id}`);
  if (rule) return calendar.plusWorkingHours(now, rule.dueHours, siteOf(policy, record.person));
  if (requirementId === 'manager-decides') return plusMs(now, policy.leaver.handOver.dueHours * hour);
  return plusMs(now, msBetween(askedAt, dueAt));
}

/** Who may not be asked in somebody's place: who leaves, who asked for it, who gets something from it. */
export function barredFrom({ person, requestedBy, delegate }: CaseRecord): readonly string[] {
  return [person.userId, actorId(requestedBy), ...(delegate ? [delegate.userId] : [])];
}
