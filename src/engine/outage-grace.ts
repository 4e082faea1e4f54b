import type { CaseState } from '#domain/case-state';
import type { Pulse } from '#domain/house';
import { type Instant, isAtOrAfter, plusMs } from '#domain/instant';
import type { Part, Requirement } from '#domain/part';
import { audiencesOf } from '#engine/asked-people';
import { reminders, withRequirement } from '#engine/attend-decisions';
import type { CaseRun } from '#engine/case-run';
import { movedCards } from '#engine/change-journal';
import { decidersSite } from '#engine/decision-times';
import type { Engine } from '#engine/engine';
import { partWrite, touchCase } from '#engine/keys';
import { requirementEntry } from '#engine/requirement-entry';

const minute = 60_000;

/** That Latchkey was there; `undefined`: nobody keeps it. */
export async function readPulse({ store, tenantId }: Engine): Promise<Pulse | undefined> {
  return (await store.get(tenantId, 'pulse', 'pulse'))?.body;
}

/** A machine that slept wakes up into many deadlines. Whether it slept is known once the pulse is written again. */
export function isPulseOld({ clock, policy }: Engine, pulse: Pulse | undefined): boolean {
  return pulse !== undefined && clock.machineNow() - pulse.machineAt > policy.house.outageMinutes * minute;
}

/** Nobody could have answered while Latchkey was not there: a deadline that passed then was none. Once is enough. */
export function passedInOutage({ dueAt, afterOutage }: Requirement, pulse: Pulse | undefined): boolean {
  if (!pulse?.outage || afterOutage) return false;
  const { from, to } = pulse.outage;
  return !isAtOrAfter(from, dueAt) && isAtOrAfter(plusMs(to, minute), dueAt);
}

/** Moves the deadline on and asks again. */
export async function moveDeadline(
  run: CaseRun,
  state: CaseState,
  part: Part,
  requirement: Requirement,
  back: Instant,
): Promise<void> {
  const { engine } = run;
  const { calendar, policy } = engine;
  const { quietHours, outageGraceHours } = policy.decisions;
  const askedAt = calendar.nextContact(back, decidersSite(engine, state.record, requirement), quietHours);
  const dueAt = plusMs(askedAt, outageGraceHours * 60 * minute);
  const moved: Requirement = { ...requirement, askedAt, dueAt, reminded: 0, afterOutage: true };
  const audiences = await audiencesOf(engine, moved);
  await run.commit({
    state: [touchCase(state), partWrite(withRequirement(part, moved))],
    evidence: [
      await requirementEntry(engine, part, requirement, 'decision.deadline-moved', {
        was: requirement.dueAt,
        dueAt,
        why: 'outage',
      }),
    ],
    outbox: [...movedCards(state), ...reminders(part, moved, 0, audiences)],
  });
}
