import { cameBack } from '#domain/came-back';
import { type CaseState, openExceptions } from '#domain/case-state';
import { type ChangeRecord, hasEnded } from '#domain/change';
import type { CaseException } from '#domain/exception';
import { plusMs } from '#domain/instant';
import type { Part } from '#domain/part';
import { isRejected } from '#domain/part-status';
import type { CaseRun } from '#engine/case-run';
import { changeEvidence, countedAgain, movedCards } from '#engine/change-journal';
import { asking } from '#engine/decision-evidence';
import type { Engine } from '#engine/engine';
import { evidenceEntry } from '#engine/evidence-entry';
import { exceptionCards } from '#engine/exception-cards';
import { changeWrite, exceptionWrite, partWrite, touchCase } from '#engine/keys';
import { adviceFor, technicalOf } from '#engine/open-exception';
import { addedPartId, buildPart, newChange, notNeededRecord, workflowOf } from '#engine/plan-parts';
import { type PlannedStep, planSteps, stepContext } from '#engine/plan-steps';
import type { Planned } from '#engine/step';
import { findStep } from '#engine/workflow';

/** Takes up what people asked for on exceptions: another try, or the read-back of what they did by hand. Answers whether anything moved. */
export async function takeRetries(run: CaseRun, state: CaseState): Promise<boolean> {
  for (const exception of openExceptions(state)) {
    const change = state.changes.find((c) => c.exceptionId === exception.exceptionId && !hasEnded(c));
    if (change && wantsTakingUp(change, exception)) {
      await takeUp(run, state, exception, change);
      return true;
    }
    if (!change && exception.retry?.taken === false) {
      // Without a step there is nothing to try: the wish is used up, and the exception waits for what closes it.
      if (exception.stepId) await planAgain(run, state, exception);
      else await closeRetry(run, state, exception);
      return true;
    }
  }
  return false;
}

/** What somebody did by hand must not be sent any more, even where another try was about to be made. */
function wantsTakingUp(change: ChangeRecord, exception: CaseException): boolean {
  if (change.status === 'exception') return exception.byHand !== undefined || exception.retry?.taken === false;
  return change.status === 'planned' && exception.byHand !== undefined;
}

async function takeUp(run: CaseRun, state: CaseState, exception: CaseException, change: ChangeRecord): Promise<void> {
  const { engine } = run;
  const now = engine.clock.tenantNow();
  const verifyBy = plusMs(now, engine.policy.verify.deadlineMs);
  const { agreeing: _reset, endedAt: _end, verifyBy: _old, ...kept } = change;
  // Whatever was or may have been sent is read first; what was refused was never done, so it is sent again.
  const readFirst = exception.byHand !== undefined || change.outcome !== undefined;
  const again = { ...kept, attempt: 0, nextCheckAt: now };
  const next: ChangeRecord = readFirst
    ? { ...again, status: 'verifying', outcome: 'unknown', verifyBy }
    : { ...again, status: 'planned' };
  const taken = exception.retry ? { ...exception, retry: { ...exception.retry, taken: true } } : exception;
  const by = exception.byHand?.by ?? exception.retry?.by;
  await run.commit({
    state: [touchCase(state), changeWrite(next), exceptionWrite(taken, false)],
    evidence: [
      await changeEvidence(
        engine,
        next,
        exception.byHand ? 'change.by-hand' : 'change.retried',
        { exception: exception.exceptionId },
        by ? { kind: 'person', userId: by } : { kind: 'clock' },
      ),
    ],
    outbox: [...exceptionCards(engine, change.caseId, state.exceptions), ...movedCards(state)],
  });
}

/** An exception that stands for something that could not be planned: plan that step again and see what it says now. */
async function planAgain(run: CaseRun, state: CaseState, exception: CaseException): Promise<void> {
  const { engine } = run;
  const { record } = state;
  const workflowStep = exception.stepId ? findStep(workflowOf(engine, record), exception.stepId) : undefined;
  if (!workflowStep || !exception.retry)
    return closeRetry(run, state, { ...exception, saw: `This version of Latchkey has no step ${exception.stepId}.` });
  const ctx = stepContext(engine, record.caseId, record.person.userId);
  const [planned] = await planSteps(ctx, [workflowStep], record.intents);
  if (!planned || planned.failure) {
    const failure = planned?.failure;
    return closeRetry(
      run,
      state,
      failure
        ? {
            ...exception,
            code: failure.detail.code,
            saw: failure.message,
            advice: adviceFor(failure),
            technical: technicalOf(failure),
          }
        : exception,
    );
  }
  const blocked = planned.items.find(
    (item) => item.kind === 'blocked' && (exception.changeKey === undefined || item.key === exception.changeKey),
  );
  if (blocked?.kind === 'blocked')
    return closeRetry(run, state, { ...exception, saw: blocked.saw, advice: blocked.advice });

  const { fresh, added } = sortFresh(engine, state, planned);
  const resolution = {
    as: 'confirmed' as const,
    by: exception.retry.by,
    at: ctx.now,
    note: 'Planned again; it can be done now',
  };
  await run.commit({
    state: [
      touchCase(state),
      ...added.map(partWrite),
      ...fresh.map(changeWrite),
      exceptionWrite({ ...exception, resolution }, false),
    ],
    evidence: [
      await evidenceEntry(engine, {
        caseId: record.caseId,
        type: 'exception.resolved',
        actor: { kind: 'person', userId: exception.retry.by },
        data: {
          exception: exception.exceptionId,
          as: 'confirmed',
          planned: fresh.length,
          askedAgain: added.flatMap((part) => part.changeKeys).length,
        },
      }),
    ],
    outbox: [...exceptionCards(engine, record.caseId, state.exceptions), ...asking(added, []), ...movedCards(state)],
  });
}

/** What can be planned now joins the part whose approval covers it; anything else, or where there is no such part, is a decision of its own. */
function sortFresh(
  engine: Engine,
  state: CaseState,
  planned: PlannedStep,
): { readonly fresh: readonly ChangeRecord[]; readonly added: readonly Part[] } {
  const { record } = state;
  const { step, part: home } = planned.workflowStep;
  const beside = state.parts.some((p) => p.partId === home) ? addedPartId(state, home) : home;
  const part = state.parts.find((p) => p.partId === home && !isRejected(p, state.decisions));
  const approved = state.changes.filter((c) => c.partId === part?.partId && c.stepId === step.id).map((c) => c.change);
  const joins = (item: FreshItem) =>
    item.kind === 'not-needed' || step.covers({ intent: planned.intent, changes: approved }, item.change);
  const rowOf = (item: FreshItem): ChangeRecord => {
    const partId = part && joins(item) ? part.partId : beside;
    if (item.kind === 'not-needed') return notNeededRecord(engine, record, planned, partId, item);
    const row = newChange(engine, record, planned, partId, item.change);
    return partId === beside ? row : { ...row, coveredSince: engine.clock.tenantNow() };
  };
  const fresh = planned.items
    .filter((item) => item.kind !== 'blocked')
    .filter((item) => isFresh(state, item))
    .map(rowOf);
  const apart = fresh.filter((row) => row.partId === beside);
  return { fresh, added: apart.length > 0 ? [buildPart(engine, record, beside, apart)] : [] };
}

type FreshItem = Exclude<Planned, { kind: 'blocked' }>;

/** Not in the journal yet; or in it as so already or done, and not so any more. */
function isFresh(state: CaseState, item: FreshItem): boolean {
  const key = item.kind === 'change' ? item.change.key : item.key;
  const known = state.changes.find((c) => c.change.key === key);
  if (known === undefined) return true;
  const cameBackSince = hasEnded(known) && openExceptions(state).some((e) => e.changeKey === key && cameBack(state, e));
  return item.kind === 'change' && (known.status === 'not-needed' || cameBackSince);
}

async function closeRetry(run: CaseRun, state: CaseState, exception: CaseException): Promise<void> {
  const { retry: used, ...rest } = exception;
  const triedAgain =
    used && countedAgain({ ...exception, retry: { ...used, taken: true } }, run.engine.clock.tenantNow());
  const open = triedAgain ? { ...rest, triedAgain } : rest;
  await run.commit({
    state: [touchCase(state), exceptionWrite(open, false)],
    evidence: [
      await evidenceEntry(run.engine, {
        caseId: state.record.caseId,
        type: 'exception.retried',
        actor: exception.retry ? { kind: 'person', userId: exception.retry.by } : { kind: 'clock' },
        data: { exception: exception.exceptionId, code: exception.code, still: true },
      }),
    ],
    outbox: exceptionCards(run.engine, state.record.caseId, state.exceptions),
  });
}
