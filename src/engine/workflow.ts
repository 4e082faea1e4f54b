import type { Change } from '#domain/change';
import type { CaseKind, StepId } from '#domain/ids';
import type { Step, StepText } from '#engine/step';

/** `access`: HR's confirmation closes it, whatever the manager does. `hand-over`: the manager's. `closing`: keeps the mail, gives licences back. */
export type PartId = 'access' | 'hand-over' | 'closing';

export interface WorkflowStep {
  // biome-ignore lint/suspicious/noExplicitAny: steps differ in their intent, each parses its own from the plan's JSON
  readonly step: Step<any>;
  readonly part: PartId;
}

/** The steps of one kind of case, in the order people read them. Order of execution comes from each step's `after`. */
export interface Workflow {
  readonly kind: CaseKind;
  readonly steps: readonly WorkflowStep[];
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
