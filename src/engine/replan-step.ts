import { type CaseState, changesOf } from '#domain/case-state';
import type { Change, ChangeRecord } from '#domain/change';
import type { CaseException } from '#domain/exception';
import { isFailure } from '#domain/failure';
import type { Part } from '#domain/part';
import type { CaseRun } from '#engine/case-run';
import { newException } from '#engine/open-exception';
import { addedPartId, newChange, notNeededRecord } from '#engine/plan-parts';
import { type PlannedStep, sameJson } from '#engine/plan-steps';
import type { Planned, StepContext } from '#engine/step';

/** What planning a step once more, when its part begins, does to the journal. */
export interface Replanned {
  /** Journal rows that are new or differ from what was planned. */
  readonly changed: readonly ChangeRecord[];
  /** New since the approval and not covered by it: goes back as a decision of its own. */
  readonly uncovered: readonly ChangeRecord[];
  readonly blocked: readonly CaseException[];
}

interface Replanning {
  readonly run: CaseRun;
  readonly state: CaseState;
  readonly part: Part;
  readonly ctx: StepContext;
  readonly planned: PlannedStep;
  /** The step's changes in this part that may still be replaced: not begun, or found to be so already when the plan was made. */
  readonly own: readonly ChangeRecord[];
  readonly number: () => string;
}

const nothing: Replanned = { changed: [], uncovered: [], blocked: [] };

export async function replanStep(given: Omit<Replanning, 'own'>): Promise<Replanned> {
  const { run, state, part, ctx, planned } = given;
  if (planned.failure) return nothing;
  const { step } = planned.workflowStep;
  const own = changesOf(state, part).filter(
    (c) => c.stepId === step.id && (c.status === 'planned' || c.status === 'not-needed'),
  );
  const sorted = planned.items.map((item) => sortItem({ ...given, own }, item));
  const found = new Set(planned.items.map((item) => (item.kind === 'change' ? item.change.key : item.key)));
  const vanished = own.filter((c) => c.status === 'planned' && !found.has(c.change.key));
  const already = await Promise.all(vanished.map((c) => alreadySo(run, ctx, planned, c)));
  return {
    changed: [...sorted.flatMap((s) => s.changed), ...already.filter((c) => c !== undefined)],
    uncovered: sorted.flatMap((s) => s.uncovered),
    blocked: sorted.flatMap((s) => s.blocked),
  };
}

function sortItem(given: Replanning, item: Planned): Replanned {
  const { run, state, part, planned, own } = given;
  const { engine } = run;
  const key = item.kind === 'change' ? item.change.key : item.key;
  const existing = own.find((c) => c.change.key === key);
  // Begun already, or waiting in another part for a decision of its own.
  if (!existing && state.changes.some((c) => c.change.key === key)) return nothing;
  switch (item.kind) {
    case 'change':
      return sortChange(given, existing, item.change);
    case 'not-needed':
      return existing?.status === 'not-needed'
        ? nothing
        : { ...nothing, changed: [notNeededRecord(engine, state.record, planned, part.partId, item)] };
    case 'blocked': {
      if (state.exceptions.some((e) => e.changeKey === key)) return nothing;
      const { code, title, saw, advice } = item;
      const cause = { stepId: planned.workflowStep.step.id, changeKey: key, code, title, saw, advice };
      return { ...nothing, blocked: [newException(engine, state.record, given.number(), cause)] };
    }
  }
}

/** Also what was so when it was planned and is not any more: an account that somebody enabled again is closed all the same. */
function sortChange(given: Replanning, existing: ChangeRecord | undefined, change: Change): Replanned {
  const { run, state, part, ctx, planned, own } = given;
  const { step } = planned.workflowStep;
  if (existing?.status === 'planned' && unchanged(existing.change, change)) return nothing;
  const approved = own.filter((c) => c.status === 'planned').map((c) => c.change);
  const fresh = newChange(run.engine, state.record, planned, part.partId, change);
  if (step.covers({ intent: planned.intent, changes: approved }, change))
    return { ...nothing, changed: [{ ...fresh, coveredSince: ctx.now }] };
  return { ...nothing, uncovered: [{ ...fresh, partId: addedPartId(state, part.partId) }] };
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
