import { canonicalJson } from '#domain/canonical';
import type { ShownChange } from '#domain/draft';
import { type Failure, isFailure } from '#domain/failure';
import type { CaseId, StepId, UserId } from '#domain/ids';
import type { Json } from '#domain/json';
import type { Engine } from '#engine/engine';
import type { Planned, StepContext } from '#engine/step';
import type { PartId, Workflow, WorkflowStep } from '#engine/workflow';

export interface PlannedStep {
  readonly workflowStep: WorkflowStep;
  readonly intent: Json;
  readonly items: readonly Planned[];
  /** The step could not be planned: what it would find is unknown. */
  readonly failure?: Failure;
}

export function stepContext(engine: Engine, caseId: CaseId, userId: UserId): StepContext {
  return {
    tenantId: engine.tenantId,
    caseId,
    userId,
    graph: engine.graph,
    exchange: engine.exchange,
    now: engine.clock.tenantNow(),
  };
}

/**
 * Plans steps against the live tenant, side by side so that their reads share batches. One step's failure leaves the others'
 * plans standing; anything that is no `Failure` is a defect and is thrown.
 */
export async function planSteps(
  ctx: StepContext,
  steps: readonly WorkflowStep[],
  intents: Readonly<Record<StepId, Json>>,
): Promise<readonly PlannedStep[]> {
  return Promise.all(
    steps.map(async (workflowStep) => {
      const intent = intents[workflowStep.step.id] ?? null;
      try {
        return { workflowStep, intent, items: await workflowStep.step.plan(ctx, intent) };
      } catch (error) {
        if (!isFailure(error)) throw error;
        return { workflowStep, intent, items: [], failure: error };
      }
    }),
  );
}

/**
 * The part each step's changes belong to. A change may ask to wait for a step of a later part (a mailbox that must be shared
 * before the account is blocked): that step then moves to the part of the one that waits.
 */
export function partsOf(workflow: Workflow, planned: readonly PlannedStep[]): ReadonlyMap<StepId, PartId> {
  const parts = new Map<StepId, PartId>(workflow.steps.map(({ step, part }) => [step.id, part]));
  for (const { workflowStep, items } of planned)
    for (const item of items)
      if (item.kind === 'change')
        for (const earlier of item.change.alsoAfter ?? []) parts.set(earlier, workflowStep.part);
  return parts;
}

/** What of a plan the approval already covers: shown just so, or of a kind that its step says is covered. */
export function isCovered(planned: PlannedStep, shown: readonly ShownChange[], key: string): boolean {
  const { step } = planned.workflowStep;
  const item = planned.items.find((candidate) => candidate.kind === 'change' && candidate.change.key === key);
  if (item?.kind !== 'change') return false;
  const approved = shown.filter((s) => s.stepId === step.id).map((s) => s.change);
  const same = approved.find((change) => change.key === key);
  if (same && sameJson(same.before, item.change.before) && sameJson(same.after, item.change.after)) return true;
  return step.covers({ intent: planned.intent, changes: approved }, item.change);
}

export function sameJson(a: Json, b: Json): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
