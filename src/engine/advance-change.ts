import type { CaseState } from '#domain/case-state';
import type { ChangeRecord } from '#domain/change';
import { type Failure, isFailure } from '#domain/failure';
import { plusMs } from '#domain/instant';
import { type CaseRun, RunInterrupted } from '#engine/case-run';
import { changeEvidence, exceptionOf, failChange, movedCards } from '#engine/change-journal';
import { attemptId, correlated } from '#engine/correlate';
import { changeWrite, exceptionWrite } from '#engine/keys';
import { stepContext } from '#engine/plan-steps';
import type { Write } from '#engine/ports/store';
import { proveChange } from '#engine/prove-change';
import type { Step } from '#engine/step';

/**
 * One move of one change through the protocol of docs/decisions/0003: intent is on the record before anything is sent; after a
 * crash or a lost answer the outcome is unknown and only reading tells; what was sent is proved by reading, or becomes an exception.
 */
export async function advanceChange(
  run: CaseRun,
  state: CaseState,
  change: ChangeRecord,
  step: Step,
  number: () => string,
): Promise<void> {
  switch (change.status) {
    case 'planned':
      return applyChange(run, state, change, step, number);
    case 'applying':
      // The journal says that a send was about to happen and not how it ended: a crash. Read before anything is sent again.
      return proveChange(run, state, await recoverUnknown(run, change), step, number, applyChange);
    case 'verifying':
      return proveChange(run, state, change, step, number, applyChange);
    default:
      throw new Error(`${change.change.key} of ${change.caseId} has nothing left to do (${change.status})`);
  }
}

async function recoverUnknown(run: CaseRun, change: ChangeRecord): Promise<ChangeRecord> {
  const now = run.engine.clock.tenantNow();
  const recovered: ChangeRecord = {
    ...change,
    status: 'verifying',
    outcome: 'unknown',
    // The dead run's request may have left as late as its lease allowed: the settle time counts from now.
    appliedAt: now,
    nextCheckAt: now,
  };
  await run.commit({
    state: [changeWrite(recovered)],
    evidence: [
      await changeEvidence(run.engine, recovered, 'change.outcome-unknown', {
        attempt: change.attempt,
        cause: 'restart',
      }),
    ],
    outbox: [],
  });
  return recovered;
}

/** Records the intent, sends, records what came back. */
async function applyChange(
  run: CaseRun,
  state: CaseState,
  change: ChangeRecord,
  step: Step,
  number: () => string,
): Promise<void> {
  const { engine } = run;
  const { policy } = engine;
  await run.guard();
  const now = engine.clock.tenantNow();
  const { agreeing: _reset, nextCheckAt: _due, ...kept } = change;
  const applying: ChangeRecord = {
    ...kept,
    status: 'applying',
    attempt: change.attempt + 1,
    appliedAt: now,
    outcome: 'unknown',
    verifyBy: change.verifyBy ?? plusMs(now, policy.verify.deadlineMs),
  };
  const clientRequestId = attemptId(applying);
  const unchanged = await stillOurs(run, state, change);
  await run.commit({
    state: [changeWrite(applying), ...unchanged],
    evidence: [
      await changeEvidence(engine, applying, 'change.applying', { attempt: applying.attempt, clientRequestId }),
    ],
    outbox: [],
  });
  // Again, at the moment of sending: the commit may have taken long, and another worker may have the case by now.
  await run.guard();
  const ctx = correlated(stepContext(engine, change.caseId, state.record.person.userId), clientRequestId);
  try {
    const receipt = await step.apply(ctx, applying.change);
    const at = engine.clock.tenantNow();
    const applied: ChangeRecord = {
      ...applying,
      status: 'verifying',
      outcome: 'accepted',
      appliedAt: at,
      receipt,
      nextCheckAt: plusMs(at, policy.verify.firstPollMs),
    };
    await run.commit({
      state: [changeWrite(applied)],
      evidence: [await changeEvidence(engine, applied, 'change.applied', { attempt: applied.attempt, receipt })],
      outbox: movedCards(state),
    });
  } catch (error) {
    if (!isFailure(error)) throw error;
    await afterFailedApply(run, state, applying, error, number);
  }
}

/**
 * Conditions under which a change that has an exception may be sent: nobody has said meanwhile that they did it by hand. The write
 * makes the intent refused, as a conflict, when somebody says so at this moment.
 */
async function stillOurs(run: CaseRun, state: CaseState, change: ChangeRecord): Promise<readonly Write[]> {
  const open = exceptionOf(state, change);
  if (!open) return [];
  const stored = await run.engine.store.get(run.engine.tenantId, 'exception', `${open.caseId}/${open.exceptionId}`);
  if (!stored || stored.body.byHand) throw new RunInterrupted('conflict', open.exceptionId);
  return [{ ...exceptionWrite(stored.body, false), expect: stored.version }];
}

async function afterFailedApply(
  run: CaseRun,
  state: CaseState,
  change: ChangeRecord,
  failure: Failure,
  number: () => string,
): Promise<void> {
  const { engine } = run;
  const now = engine.clock.tenantNow();
  const spent =
    change.attempt >= engine.policy.run.maxAttempts || (change.verifyBy !== undefined && now >= change.verifyBy);
  const write = async (next: ChangeRecord, type: string) =>
    run.commit({
      state: [changeWrite(next)],
      evidence: [
        await changeEvidence(engine, next, type, {
          attempt: change.attempt,
          code: failure.detail.code,
          clientRequestId: failure.detail.clientRequestId ?? null,
        }),
      ],
      outbox: [],
    });
  // Known not to have happened: a later try need not look first.
  const { outcome: _none, ...undone } = change;
  switch (failure.detail.kind) {
    case 'already-done':
      return write({ ...change, status: 'verifying', outcome: 'accepted', nextCheckAt: now }, 'change.already-so');
    case 'unknown-outcome':
      return write(
        {
          ...change,
          status: 'verifying',
          outcome: 'unknown',
          appliedAt: now,
          nextCheckAt: plusMs(now, engine.policy.verify.firstPollMs),
        },
        'change.outcome-unknown',
      );
    case 'throttled':
    case 'not-yet-visible':
    case 'broken':
    case 'not-found': {
      if (spent && failure.detail.kind !== 'throttled') return failChange(run, state, undone, failure, number);
      if (change.verifyBy !== undefined && now >= change.verifyBy)
        return failChange(run, state, undone, failure, number);
      const wait = failure.detail.retryAfterMs ?? backoff(run, change.attempt);
      // Nothing was done: the attempt does not count where the service only asked to wait.
      const attempt = failure.detail.kind === 'throttled' ? change.attempt - 1 : change.attempt;
      return write({ ...undone, attempt, status: 'planned', nextCheckAt: plusMs(now, wait) }, 'change.put-off');
    }
    case 'refused':
    case 'not-permitted':
      return failChange(run, state, undone, failure, number);
  }
}

function backoff(run: CaseRun, attempt: number): number {
  const base = run.engine.policy.run.backoffMs * 2 ** Math.min(attempt - 1, 6);
  return Math.round(base * (0.75 + 0.5 * run.engine.random.fraction()));
}
