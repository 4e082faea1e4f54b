import type { CaseRecord } from '#domain/case';
import type { Change } from '#domain/change';
import type { CaseKind, StepId } from '#domain/ids';
import type { Policy } from '#domain/policy';
import type { Step, StepText } from '#engine/step';

/** `access`: HR's confirmation closes it, whatever the manager does. `hand-over`: the manager's. `closing`: keeps the mail, gives licences back. */
export type PartId = 'access' | 'hand-over' | 'closing';

export interface WorkflowStep {
  // biome-ignore lint/suspicious/noExplicitAny: steps differ in their intent, each parses its own from the plan's JSON
  readonly step: Step<any>;
  readonly part: PartId;
  /** Not part of the case itself: a case that follows it takes back what the named step granted, on the day decided with it. */
  readonly takesBack?: StepId;
}

/** Something that people may wish to leave as it is for a while, in their word for it: `keep L-104 sign-in until Friday …`. */
export interface Keepable {
  readonly word: string;
  /** What stays: "Sign-in stays open". */
  readonly title: string;
  readonly stepIds: readonly StepId[];
}

/** The steps of one kind of case, in the order people read them. Order of execution comes from each step's `after`. */
export interface Workflow {
  readonly kind: CaseKind;
  readonly steps: readonly WorkflowStep[];
  readonly keepable?: readonly Keepable[];
  /** What is promised for the same day: the milestone is reached and these parts have ended. */
  readonly promise: { readonly milestone: 'access closed' | 'access ready'; readonly parts: readonly PartId[] };
  /** After closure the steps of these parts are planned again, so many hours after it; none: what was done may change. */
  readonly watch?: { hours(policy: Policy): readonly number[]; readonly parts: readonly PartId[] };
}

/** The steps of one case: a follow-up has the ones it was opened for, and what follows later is not the case's own. */
export function stepsOfCase(
  workflow: Workflow,
  record: Pick<CaseRecord, 'onlySteps' | 'laterSteps'>,
): readonly WorkflowStep[] {
  const { onlySteps, laterSteps = [] } = record;
  if (onlySteps) return workflow.steps.filter(({ step }) => onlySteps.includes(step.id));
  return workflow.steps.filter(
    ({ step, takesBack }) => takesBack === undefined && !laterSteps.some(({ stepId }) => stepId === step.id),
  );
}

export function findStep(workflow: Workflow, stepId: StepId): WorkflowStep | undefined {
  return workflow.steps.find(({ step }) => step.id === stepId);
}

/** The words for a change of this workflow; a step that was taken out since is named by its id rather than hidden. */
export function describeChange(workflow: Workflow, stepId: StepId, change: Change): StepText {
  const found = findStep(workflow, stepId);
  if (found) return found.step.describe(change);
  return {
    group: 'By hand',
    will: `${stepId} on ${change.target.displayName}`,
    done: `${stepId} on ${change.target.displayName}`,
  };
}
