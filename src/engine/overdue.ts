import { type CaseState, openExceptions } from '#domain/case-state';
import { earliest, type Instant, isAtOrAfter } from '#domain/instant';
import type { CaseRun } from '#engine/case-run';
import { freshException, movedCards } from '#engine/change-journal';
import type { Duty } from '#engine/duty';
import type { Engine } from '#engine/engine';
import { evidenceEntry } from '#engine/evidence-entry';
import { exceptionCards } from '#engine/exception-cards';
import { exceptionWrite, touchCase } from '#engine/keys';

/** What nobody closed by its due time is put before others too, once. It stays with its owner. */
export const overdue: Duty = { act: escalateOverdue, dueAt: nextOverdue };

function nextOverdue(_engine: Engine, state: CaseState): Instant | undefined {
  return earliest(
    openExceptions(state)
      .filter(({ escalated }) => escalated === undefined)
      .map(({ dueAt }) => dueAt),
  );
}

async function escalateOverdue(run: CaseRun, state: CaseState, now: Instant): Promise<boolean> {
  const late = openExceptions(state).find((e) => e.escalated === undefined && isAtOrAfter(now, e.dueAt));
  if (!late) return false;
  const { engine } = run;
  const to = engine.policy.exceptions.escalateTo;
  const { fresh, expect } = await freshException(run, late);
  const escalated = { ...fresh, escalated: { at: now, to } };
  await run.commit({
    state: [touchCase(state), { ...exceptionWrite(escalated, false), expect }],
    evidence: [
      await evidenceEntry(engine, {
        caseId: late.caseId,
        type: 'exception.overdue',
        actor: { kind: 'clock' },
        data: { exception: late.exceptionId, code: late.code, dueAt: late.dueAt, to },
      }),
    ],
    outbox: [...exceptionCards(engine, late.caseId, [...state.exceptions, escalated]), ...movedCards(state)],
  });
  return true;
}
