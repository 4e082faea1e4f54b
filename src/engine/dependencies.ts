import type { CaseState } from '#domain/case-state';
import { type ChangeRecord, hasEnded } from '#domain/change';
import { isRejected } from '#domain/part-status';
import { findStep, type Workflow } from '#engine/workflow';

/**
 * Whether what a change waits for has ended. Access-closing waits for nothing that failed or that people have yet to decide: there an
 * open exception counts as ended. Anything else needs the real end, and can never run when what it waits for was rejected.
 */
export function dependencyState(workflow: Workflow, state: CaseState, change: ChangeRecord): 'go' | 'wait' | 'never' {
  const step = findStep(workflow, change.stepId)?.step;
  const before = [...(step?.after ?? []), ...(change.change.alsoAfter ?? [])];
  const waitedFor = state.changes.filter((c) => before.includes(c.stepId) && c !== change);
  if (change.partId.startsWith('access')) {
    return waitedFor.every((c) => hasEnded(c) || c.status === 'exception' || !isRunning(state, c)) ? 'go' : 'wait';
  }
  if (waitedFor.some((c) => !hasEnded(c) && isLost(state, c))) return 'never';
  return waitedFor.every(hasEnded) ? 'go' : 'wait';
}

function isRunning(state: CaseState, change: ChangeRecord): boolean {
  const part = state.parts.find((p) => p.partId === change.partId);
  return part?.startedAt !== undefined && !isRejected(part, state.decisions);
}

function isLost(state: CaseState, change: ChangeRecord): boolean {
  const part = state.parts.find((p) => p.partId === change.partId);
  return part !== undefined && isRejected(part, state.decisions);
}
