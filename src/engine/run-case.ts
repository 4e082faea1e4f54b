import { wantsNewHandOver, wantsNewPlan } from '#domain/amendment';
import { type CaseState, changesOf } from '#domain/case-state';
import { type ChangeRecord, hasEnded } from '#domain/change';
import { isUnbegun, keptUntil } from '#domain/deviation-part';
import { earliest, type Instant, isAtOrAfter, msBetween, plusMs } from '#domain/instant';
import type { Part } from '#domain/part';
import { isApproved, isRejected } from '#domain/part-status';
import { advanceChange } from '#engine/advance-change';
import { type CaseRun, RunInterrupted } from '#engine/case-run';
import { exceptChange } from '#engine/change-journal';
import { dependencyState } from '#engine/dependencies';
import { dutiesOf } from '#engine/duties';
import type { Engine } from '#engine/engine';
import { createFlights, type Flights, type Mark } from '#engine/flights';
import { touchCase } from '#engine/keys';
import { NotPlannedYet, planCase } from '#engine/plan-case';
import { planHandOver } from '#engine/plan-hand-over';
import { basePartId, workflowOf } from '#engine/plan-parts';
import { settleCase, signClosure } from '#engine/settle-case';
import { startPart } from '#engine/start-part';
import { takeRetries } from '#engine/take-retries';
import { findStep } from '#engine/workflow';

const replanAfterMs = 10_000;

/** However long a request takes, the lease is looked after and what became due meanwhile is begun. */
const longestWaitMs = 10_000;

/**
 * Does everything of a case that is due now, in passes, until nothing is; then parks it until it wants to be looked at next.
 * Changes run side by side, each waiting for nothing but the changes it names: a slow answer to one holds up no other.
 */
export async function runCase(run: CaseRun): Promise<void> {
  const flights = createFlights(run.engine.clock);
  try {
    for (;;) {
      flights.check();
      await run.guard();
      const mark = flights.mark();
      const state = await run.load();
      const moved = await attempt(() => onePass(run, state, flights, mark));
      if (moved === 'again') continue;
      if (flights.size > 0) await flights.next(waitFor(run, moved.dueAt));
      else if (flights.isStill(mark) && (await park(run, state, moved.dueAt))) return;
    }
  } finally {
    // The lease is given back after this: nothing of ours may still be on its way then.
    await flights.landed();
  }
}

function waitFor(run: CaseRun, dueAt: Instant | undefined): number {
  if (dueAt === undefined) return longestWaitMs;
  return Math.min(longestWaitMs, Math.max(1, msBetween(run.engine.clock.tenantNow(), dueAt)));
}

type Pass = 'again' | { readonly dueAt: Instant | undefined };

/** Somebody else wrote between reading and writing: nothing happened, so the pass is simply made again on what is true now. */
async function attempt(pass: () => Promise<Pass>): Promise<Pass> {
  try {
    return await pass();
  } catch (error) {
    if (error instanceof RunInterrupted && error.why === 'conflict') return 'again';
    throw error;
  }
}

async function onePass(run: CaseRun, state: CaseState, flights: Flights, mark: Mark): Promise<Pass> {
  const { engine } = run;
  if (state.record.cancelled) return { dueAt: undefined };
  const now = engine.clock.tenantNow();
  if (state.record.revision === 0 || wantsNewPlan(state.record)) {
    const later = await tryToPlan(run, state);
    return later ? { dueAt: later } : 'again';
  }
  if (engine.observe) return { dueAt: undefined };
  const closed = state.record.milestones.completedAt !== undefined;
  if (closed) await signClosure(run, state.record);
  for (const duty of dutiesOf(state)) if (await duty.act(run, state, now)) return 'again';
  // What rewrites rows of parts that run waits until none of them is under way.
  const still = flights.isStill(mark);
  if (still && (await rewriteRows(run, state))) return 'again';
  const number = run.exceptionNumbers(state);
  const starting = partToStart(state, now, still);
  if (starting) {
    await startPart(run, state, starting, number);
    return 'again';
  }
  launchReady(run, state, now, number, flights, mark);
  if (!closed && (await settleCase(run, state))) return 'again';
  return { dueAt: nextDue(engine, state, now) };
}

async function rewriteRows(run: CaseRun, state: CaseState): Promise<boolean> {
  if (await takeRetries(run, state)) return true;
  if (!wantsNewHandOver(state.record) || state.record.milestones.completedAt) return false;
  await planHandOver(run, state);
  return true;
}

/** Conditional on the case being as it was read: a click that came meanwhile would otherwise sleep until the next due time. */
async function park(run: CaseRun, state: CaseState, dueAt: Instant | undefined): Promise<boolean> {
  const parked = await attempt(async () => {
    await run.commit({
      state: [touchCase(state)],
      evidence: [],
      outbox: [],
      wake: [{ caseId: run.caseId, dueAt, mode: 'set' }],
    });
    return { dueAt };
  });
  return parked !== 'again';
}

async function tryToPlan(run: CaseRun, state: CaseState): Promise<Instant | undefined> {
  try {
    await planCase(run, state);
    return undefined;
  } catch (error) {
    if (!(error instanceof NotPlannedYet)) throw error;
    run.engine.report(`planning ${state.record.caseId}`, error);
    return plusMs(run.engine.clock.tenantNow(), replanAfterMs);
  }
}

function partToStart(state: CaseState, now: Instant, still: boolean): Part | undefined {
  const { heldUntil } = state.record;
  if (heldUntil !== undefined && !isAtOrAfter(now, heldUntil)) return undefined;
  return state.parts.find(
    (part) =>
      part.purpose !== 'deviation' &&
      !isOutdated(state, part) &&
      isApproved(part, state.decisions) &&
      (part.startedAt ? still && part.replan && isAtOrAfter(now, part.replan.dueAt) : isAtOrAfter(now, part.startsAt)),
  );
}

/** A hand-over that is about to be planned again, once what runs allows it. */
function isOutdated({ record }: CaseState, part: Part): boolean {
  return wantsNewHandOver(record) && basePartId(part.partId) === 'hand-over';
}

/** One failing change leaves the others running; a conflict means that the change is looked at again on what is true then. */
function launchReady(
  run: CaseRun,
  state: CaseState,
  now: Instant,
  number: () => string,
  flights: Flights,
  mark: Mark,
): void {
  const due = activeChanges(state).filter((change) => isDue(change, now));
  for (const change of due) {
    if (readiness(run, state, change) === 'wait') continue;
    flights.launch(change.change.key, mark, async () => {
      await attempt(async () => {
        await advanceOne(run, state, change, number);
        return 'again';
      });
    });
  }
}

async function advanceOne(run: CaseRun, state: CaseState, change: ChangeRecord, number: () => string): Promise<void> {
  const found = findStep(workflowOf(run.engine, state.record), change.stepId);
  if (!found) {
    const saw = `This version of Latchkey has no step ${change.stepId}.`;
    return exceptChange(run, state, change, number, {
      code: 'latchkey.no-such-step',
      saw,
      advice: 'Do it in the admin centre and choose Done by hand.',
    });
  }
  if (readiness(run, state, change) === 'never') {
    const saw = 'What has to come first was rejected or never done.';
    return exceptChange(run, state, change, number, {
      code: 'latchkey.held',
      saw,
      advice: 'Decide with whoever rejected it; then choose Retry, or do it by hand.',
    });
  }
  return advanceChange(run, state, change, found.step, number);
}

/** Changes of parts that run and have not ended. */
function activeChanges(state: CaseState): readonly ChangeRecord[] {
  return state.parts
    .filter((part) => part.startedAt !== undefined && !isRejected(part, state.decisions))
    .flatMap((part) => changesOf(state, part))
    .filter((change) => !hasEnded(change) && change.status !== 'exception');
}

function isDue(change: ChangeRecord, now: Instant): boolean {
  return change.nextCheckAt === undefined || isAtOrAfter(now, change.nextCheckAt);
}

/** Only a change that was not begun waits for others. */
function readiness(run: CaseRun, state: CaseState, change: ChangeRecord): 'go' | 'wait' | 'never' {
  if (change.status !== 'planned') return 'go';
  if (isUnbegun(change) && isLeftAlone(run, state, change)) return 'wait';
  return dependencyState(workflowOf(run.engine, state.record), state, change);
}

/** As signed: the case is on hold, or this is kept as it is for a while. */
function isLeftAlone(run: CaseRun, state: CaseState, change: ChangeRecord): boolean {
  const { heldUntil } = state.record;
  if (heldUntil !== undefined && !isAtOrAfter(run.engine.clock.tenantNow(), heldUntil)) return true;
  return keptUntil(state, change) !== undefined;
}

function nextDue(engine: Engine, state: CaseState, now: Instant): Instant | undefined {
  const { heldUntil } = state.record;
  const checks = activeChanges(state).map((change) => change.nextCheckAt);
  const starts = state.parts
    .filter((part) => part.purpose !== 'deviation' && !part.startedAt && isApproved(part, state.decisions))
    .map(({ startsAt }) => (heldUntil !== undefined && isAtOrAfter(heldUntil, startsAt) ? heldUntil : startsAt));
  const replans = state.parts.map((part) => part.replan?.dueAt);
  const duties = dutiesOf(state).map((duty) => duty.dueAt(engine, state));
  return earliest(
    [...checks, ...starts, ...replans, ...duties].filter((at) => at !== undefined && !isAtOrAfter(now, at)),
  );
}
