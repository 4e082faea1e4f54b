import { type CaseState, changesOf } from '#domain/case-state';
import { type ChangeRecord, hasEnded } from '#domain/change';
import type { CaseException } from '#domain/exception';
import type { Failure } from '#domain/failure';
import type { StepId } from '#domain/ids';
import { msBetween, plusMs } from '#domain/instant';
import type { Part } from '#domain/part';
import type { CaseRun } from '#engine/case-run';
import { asking } from '#engine/decision-evidence';
import { evidenceEntry, theSubject } from '#engine/evidence-entry';
import { lateThrough } from '#engine/house/late-through';
import { changeWrite, partWrite, touchCase } from '#engine/keys';
import {
  adviceFor,
  caseCards,
  type ExceptionCause,
  type exceptionNumbers,
  newException,
  openExceptions,
  technicalOf,
} from '#engine/open-exception';
import { addedPartId, buildPart, workflowOf } from '#engine/plan-parts';
import { type PlannedStep, planSteps, stepContext } from '#engine/plan-steps';
import { type Replanned, replanStep } from '#engine/replan-step';
import { stepsOfCase, type WorkflowStep } from '#engine/workflow';

const replanAfterMs = 10_000;
/** How long a step that cannot be planned again is tried before somebody is asked to look. */
const replanPatienceMs = 120_000;

/**
 * Begins a part: its steps are planned once more against the tenant as it is now. What the approval covers runs, also where it is
 * new; what is already so is recorded with the observation; what is not covered becomes a new decision. A step that cannot be
 * planned at this moment runs as approved and is planned again soon: drift never delays closing access, and is never overlooked.
 */
export async function startPart(
  run: CaseRun,
  state: CaseState,
  part: Part,
  number: ReturnType<typeof exceptionNumbers>,
): Promise<void> {
  const { engine } = run;
  const { record } = state;
  const ctx = stepContext(engine, record.caseId, record.person.userId);
  const planned = await planSteps(ctx, stepsToPlan(run, state, part), record.intents);
  const results: Replanned[] = [];
  for (const p of planned) results.push(await replanStep({ run, state, part, ctx, planned: p, number }));
  const changed = results.flatMap((r) => r.changed);
  const uncovered = results.flatMap((r) => r.uncovered);
  const { later, unread } = unplanned(run, state, part, planned, number);
  const added =
    uncovered.length > 0 ? buildPart(engine, record, addedPartId(state, part.partId), uncovered) : undefined;
  const opened = await openExceptions(engine, record, [...results.flatMap((r) => r.blocked), ...unread]);
  const { replan: _tried, ...kept } = part;
  const late = await lateThrough(engine, part, ctx.now);
  const replan = later.length > 0 ? { replan: { stepIds: later, dueAt: plusMs(ctx.now, replanAfterMs) } } : {};
  await run.commit({
    state: [
      touchCase(state),
      partWrite({ ...kept, startedAt: part.startedAt ?? ctx.now, ...replan, ...(late ? { lateThrough: late } : {}) }),
      ...(added ? [partWrite(added)] : []),
      ...[...changed, ...uncovered].map(changeWrite),
      ...opened.state,
    ],
    evidence: [
      await startedEntry(run, state, part, { changed, uncovered, unread: later.length, late }),
      ...opened.evidence,
    ],
    outbox: [...caseCards(record), ...(added ? asking([added], []) : []), ...opened.outbox],
  });
}

/** Of a part that begins: the steps of its changes, and those at home in it that found nothing then. Later: those that could not be read. */
function stepsToPlan(run: CaseRun, state: CaseState, part: Part): readonly WorkflowStep[] {
  const steps = stepsOfCase(workflowOf(run.engine, state.record), state.record);
  if (part.startedAt) return steps.filter(({ step }) => part.replan?.stepIds.includes(step.id));
  const own = new Set(changesOf(state, part).map((change) => change.stepId));
  const elsewhere = new Set(state.changes.filter((c) => c.partId !== part.partId).map((c) => c.stepId));
  return steps.filter(({ step, part: home }) => own.has(step.id) || (home === part.partId && !elsewhere.has(step.id)));
}

/** What could not be read now: tried again soon, and after a while a matter for people. What is already one with them is left to them. */
function unplanned(
  run: CaseRun,
  state: CaseState,
  part: Part,
  planned: readonly PlannedStep[],
  number: () => string,
): { readonly later: readonly StepId[]; readonly unread: readonly CaseException[] } {
  const { engine } = run;
  const now = engine.clock.tenantNow();
  const patient = msBetween(part.startedAt ?? now, now) < replanPatienceMs;
  const later: StepId[] = [];
  const unread: CaseException[] = [];
  for (const { workflowStep, failure } of planned) {
    const { id: stepId } = workflowStep.step;
    const known = state.exceptions.some((e) => e.stepId === stepId && !e.changeKey && !e.resolution);
    if (!failure || known) continue;
    if (patient && failure.detail.kind !== 'not-permitted') later.push(stepId);
    else unread.push(newException(engine, state.record, number(), unreadCause(state, stepId, failure)));
  }
  return { later, unread };
}

function unreadCause(state: CaseState, stepId: StepId, failure: Failure): ExceptionCause {
  return {
    stepId,
    code: failure.detail.code,
    title: `${state.record.person.displayName}: ${stepId} could not be planned again`,
    saw: `What was approved is done; whether something came since is not known. ${failure.message}`,
    advice: adviceFor(failure),
    severity: 'high',
    technical: technicalOf(failure),
  };
}

interface Begun {
  readonly changed: readonly ChangeRecord[];
  readonly uncovered: readonly ChangeRecord[];
  readonly unread: number;
  readonly late: Part['lateThrough'];
}

async function startedEntry(run: CaseRun, state: CaseState, part: Part, { changed, uncovered, unread, late }: Begun) {
  const { record } = state;
  const covered = changed.filter((c) => c.status === 'planned');
  const notNeeded = changed.filter(hasEnded);
  return evidenceEntry(run.engine, {
    caseId: record.caseId,
    type: part.startedAt ? 'part.planned-again' : 'part.started',
    actor: { kind: 'clock' },
    data: {
      part: part.partId,
      partHash: part.partHash,
      dueAt: part.startsAt,
      covered: covered.length,
      notNeeded: notNeeded.length,
      askedAgain: uncovered.length,
      notRead: unread,
      ...(late ? { notRunning: { from: late.from, to: late.to } } : {}),
    },
    personal: {
      of: theSubject,
      fields: [...changed, ...uncovered].map((c) => ({
        key: c.change.key,
        target: c.change.target.displayName,
        status: c.status,
        observation: c.observation?.text ?? null,
      })),
    },
  });
}
