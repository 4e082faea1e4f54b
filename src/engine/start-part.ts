import { type CaseState, changesOf } from '#domain/case-state';
import { type Change, type ChangeRecord, hasEnded } from '#domain/change';
import type { CaseException } from '#domain/exception';
import { isFailure } from '#domain/failure';
import type { Part } from '#domain/part';
import type { CaseRun } from '#engine/case-run';
import { evidenceEntry, theSubject } from '#engine/evidence-entry';
import { changeWrite, partWrite } from '#engine/keys';
import { caseCards, type exceptionNumbers, newException, openExceptions } from '#engine/open-exception';
import { asking, buildPart, newChange, notNeededRecord, workflowOf } from '#engine/plan-case';
import { type PlannedStep, planSteps, sameJson, stepContext } from '#engine/plan-steps';
import type { Planned, StepContext } from '#engine/step';

interface Replanned {
  /** Journal rows that are new or differ from what was planned. */
  readonly changed: readonly ChangeRecord[];
  /** New since the approval and not covered by it: goes back as a decision of its own. */
  readonly uncovered: readonly ChangeRecord[];
  readonly blocked: readonly CaseException[];
}

/**
 * Begins a part: its steps are planned once more against the tenant as it is now. What the approval covers runs, also where it is
 * new; what is already so is recorded with the observation; what is not covered becomes a new decision. A step that cannot be
 * planned at this moment runs as approved: drift never delays closing access.
 */
export async function startPart(
  run: CaseRun,
  state: CaseState,
  part: Part,
  number: ReturnType<typeof exceptionNumbers>,
): Promise<void> {
  const { engine } = run;
  const { record } = state;
  const workflow = workflowOf(engine, record);
  const ctx = stepContext(engine, record.caseId, record.person.userId);
  const own = changesOf(state, part);
  const stepIds = new Set(own.map((change) => change.stepId));
  const steps = workflow.steps.filter(({ step, part: home }) => stepIds.has(step.id) || home === part.partId);
  const elsewhere = new Set(state.changes.filter((c) => c.partId !== part.partId).map((c) => c.stepId));
  const planned = await planSteps(
    ctx,
    steps.filter(({ step }) => stepIds.has(step.id) || !elsewhere.has(step.id)),
    record.intents,
  );

  const results: Replanned[] = [];
  for (const p of planned) results.push(await replanStep(run, state, part, ctx, p, number));
  const changed = results.flatMap((r) => r.changed);
  const uncovered = results.flatMap((r) => r.uncovered);
  const blocked = results.flatMap((r) => r.blocked);
  const added = uncovered.length > 0 ? buildPart(engine, record, addedPartId(state, part), uncovered) : undefined;
  const opened = await openExceptions(engine, record, blocked);
  await run.commit({
    state: [
      partWrite({ ...part, startedAt: ctx.now }),
      ...(added ? [partWrite(added)] : []),
      ...[...changed, ...uncovered].map(changeWrite),
      ...opened.state,
    ],
    evidence: [await startedEntry(run, state, part, changed, uncovered), ...opened.evidence],
    outbox: [...caseCards(record), ...(added ? asking([added], []) : []), ...opened.outbox],
  });
}

function addedPartId(state: CaseState, part: Part): string {
  const base = part.partId.replace(/-added.*$/, '');
  const count = state.parts.filter((p) => p.partId.startsWith(`${base}-added`)).length;
  return count === 0 ? `${base}-added` : `${base}-added-${count + 1}`;
}

async function replanStep(
  run: CaseRun,
  state: CaseState,
  part: Part,
  ctx: StepContext,
  planned: PlannedStep,
  number: () => string,
): Promise<Replanned> {
  const { step } = planned.workflowStep;
  const own = changesOf(state, part).filter((c) => c.stepId === step.id && c.status === 'planned');
  if (planned.failure) return { changed: [], uncovered: [], blocked: [] };

  const sorted = planned.items.map((item) => sortItem(run, state, part, ctx, planned, own, item, number));
  const found = new Set(planned.items.map((item) => (item.kind === 'change' ? item.change.key : item.key)));
  const vanished = own.filter((c) => !found.has(c.change.key));
  const already = await Promise.all(vanished.map((c) => alreadySo(run, ctx, planned, c)));
  return {
    changed: [...sorted.flatMap((s) => s.changed), ...already.filter((c) => c !== undefined)],
    uncovered: sorted.flatMap((s) => s.uncovered),
    blocked: sorted.flatMap((s) => s.blocked),
  };
}

const nothing: Replanned = { changed: [], uncovered: [], blocked: [] };

function sortItem(
  run: CaseRun,
  state: CaseState,
  part: Part,
  ctx: StepContext,
  planned: PlannedStep,
  own: readonly ChangeRecord[],
  item: Planned,
  number: () => string,
): Replanned {
  const { engine } = run;
  const { record } = state;
  const { step } = planned.workflowStep;
  const key = item.kind === 'change' ? item.change.key : item.key;
  const existing = own.find((c) => c.change.key === key);
  const unknown = !existing && state.changes.some((c) => c.change.key === key);
  if (unknown) return nothing;
  switch (item.kind) {
    case 'change': {
      if (existing && unchanged(existing.change, item.change)) return nothing;
      const fresh = newChange(engine, record, planned, part.partId, item.change);
      const covered = step.covers({ intent: planned.intent, changes: own.map((c) => c.change) }, item.change);
      if (covered) return { ...nothing, changed: [{ ...fresh, coveredSince: ctx.now }] };
      return { ...nothing, uncovered: [{ ...fresh, partId: addedPartId(state, part) }] };
    }
    case 'not-needed':
      return { ...nothing, changed: [notNeededRecord(engine, record, planned, part.partId, item)] };
    case 'blocked': {
      if (state.exceptions.some((e) => e.changeKey === key)) return nothing;
      const cause = {
        stepId: step.id,
        changeKey: key,
        code: item.code,
        title: item.title,
        saw: item.saw,
        advice: item.advice,
      };
      return { ...nothing, blocked: [newException(engine, record, number(), cause)] };
    }
  }
}

function unchanged(approved: Change, now: Change): boolean {
  return sameJson(approved.before, now.before) && sameJson(approved.after, now.after);
}

/** Planned then, not found now: done by somebody else meanwhile, when a read says so. Otherwise it runs as approved. */
async function alreadySo(
  run: CaseRun,
  ctx: StepContext,
  planned: PlannedStep,
  change: ChangeRecord,
): Promise<ChangeRecord | undefined> {
  try {
    const verdict = await planned.workflowStep.step.verify(ctx, change.change);
    if (verdict.outcome !== 'confirmed') return undefined;
    return { ...change, status: 'not-needed', observation: verdict.observation, endedAt: ctx.now };
  } catch (error) {
    if (!isFailure(error)) throw error;
    run.engine.report(`reading ${change.change.key} of ${change.caseId} before its part began`, error);
    return undefined;
  }
}

async function startedEntry(
  run: CaseRun,
  state: CaseState,
  part: Part,
  changed: readonly ChangeRecord[],
  uncovered: readonly ChangeRecord[],
) {
  const { record } = state;
  const covered = changed.filter((c) => c.status === 'planned');
  const notNeeded = changed.filter(hasEnded);
  return evidenceEntry(run.engine, {
    caseId: record.caseId,
    type: 'part.started',
    actor: { kind: 'clock' },
    data: {
      part: part.partId,
      partHash: part.partHash,
      dueAt: part.startsAt,
      covered: covered.length,
      notNeeded: notNeeded.length,
      askedAgain: uncovered.length,
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
