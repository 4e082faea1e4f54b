import { type CaseState, openExceptions } from '#domain/case-state';
import type { ChangeRecord } from '#domain/change';
import type { CaseException } from '#domain/exception';
import { plusMs } from '#domain/instant';
import type { CaseRun } from '#engine/case-run';
import { changeEvidence, movedCards } from '#engine/change-journal';
import { evidenceEntry } from '#engine/evidence-entry';
import { caseMessage, changeWrite, exceptionWrite, partWrite } from '#engine/keys';
import { adviceFor, technicalOf } from '#engine/open-exception';
import { buildPart, newChange, notNeededRecord, workflowOf } from '#engine/plan-case';
import { planSteps, stepContext } from '#engine/plan-steps';
import { findStep } from '#engine/workflow';

/** Takes up what people asked for on exceptions: another try, or the read-back of what they did by hand. Answers whether anything moved. */
export async function takeRetries(run: CaseRun, state: CaseState): Promise<boolean> {
  for (const exception of openExceptions(state)) {
    const change = state.changes.find((c) => c.status === 'exception' && c.exceptionId === exception.exceptionId);
    if (change && (exception.byHand || exception.retry?.taken === false)) {
      await takeUp(run, state, exception, change);
      return true;
    }
    if (!change && exception.stepId && exception.retry?.taken === false) {
      await planAgain(run, state, exception);
      return true;
    }
  }
  return false;
}

async function takeUp(run: CaseRun, state: CaseState, exception: CaseException, change: ChangeRecord): Promise<void> {
  const { engine } = run;
  const now = engine.clock.tenantNow();
  const verifyBy = plusMs(now, engine.policy.verify.deadlineMs);
  const { agreeing: _reset, endedAt: _end, ...kept } = change;
  // After an unclear outcome the tenant is read first; a refused change was never done, so it is sent again.
  const readFirst =
    exception.byHand !== undefined || change.outcome === 'accepted' || exception.code === 'latchkey.outcome-unknown';
  const next: ChangeRecord = {
    ...kept,
    status: readFirst ? 'verifying' : 'planned',
    ...(readFirst ? { outcome: 'unknown' as const } : {}),
    attempt: 0,
    nextCheckAt: now,
    verifyBy,
  };
  const taken = exception.retry ? { ...exception, retry: { ...exception.retry, taken: true } } : exception;
  const by = exception.byHand?.by ?? exception.retry?.by;
  await run.commit({
    state: [changeWrite(next), exceptionWrite(taken, false)],
    evidence: [
      await changeEvidence(
        engine,
        next,
        exception.byHand ? 'change.by-hand' : 'change.retried',
        { exception: exception.exceptionId },
        by ? { kind: 'person', userId: by } : { kind: 'clock' },
      ),
    ],
    outbox: movedCards(state),
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

  const known = new Set(state.changes.map((c) => c.change.key));
  const partId = workflowStep.part;
  const fresh = planned.items.flatMap((item): ChangeRecord[] => {
    if (item.kind === 'change')
      return known.has(item.change.key) ? [] : [newChange(engine, record, planned, partId, item.change)];
    return item.kind === 'not-needed' && !known.has(item.key)
      ? [notNeededRecord(engine, record, planned, partId, item)]
      : [];
  });
  const part = state.parts.find((p) => p.partId === partId) ?? buildPart(engine, record, partId, fresh);
  const resolution = {
    as: 'confirmed' as const,
    by: exception.retry.by,
    at: ctx.now,
    note: 'Planned again; it can be done now',
  };
  await run.commit({
    state: [partWrite(part), ...fresh.map(changeWrite), exceptionWrite({ ...exception, resolution }, false)],
    evidence: [
      await evidenceEntry(engine, {
        caseId: record.caseId,
        type: 'exception.resolved',
        actor: { kind: 'person', userId: exception.retry.by },
        data: { exception: exception.exceptionId, as: 'confirmed', planned: fresh.length },
      }),
    ],
    outbox: [
      caseMessage(record.caseId, `role/${engine.policy.exceptions.ownerRole}`, 'exception'),
      ...movedCards(state),
    ],
  });
}

async function closeRetry(run: CaseRun, state: CaseState, exception: CaseException): Promise<void> {
  const { retry: _used, ...open } = exception;
  await run.commit({
    state: [exceptionWrite(open, false)],
    evidence: [
      await evidenceEntry(run.engine, {
        caseId: state.record.caseId,
        type: 'exception.retried',
        actor: exception.retry ? { kind: 'person', userId: exception.retry.by } : { kind: 'clock' },
        data: { exception: exception.exceptionId, code: exception.code, still: true },
      }),
    ],
    outbox: [caseMessage(state.record.caseId, `role/${run.engine.policy.exceptions.ownerRole}`, 'exception')],
  });
}
