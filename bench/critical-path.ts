import { type CaseState, changesOf } from '#domain/case-state';
import type { ChangeRecord } from '#domain/change';
import type { Workflow } from '#engine/workflow';
import { findStep } from '#engine/workflow';
import type { RoundTrip } from './firm-at-work.js';

/** The chain of steps that decided when the case was complete: from the change proved last back to what it waited for, and so on. */
export function criticalSteps(state: CaseState, workflow: Workflow): readonly string[] {
  const ended = state.parts.flatMap((part) => changesOf(state, part)).filter((change) => change.attempt > 0);
  const path: string[] = [];
  for (let at = lastOf(ended); at; at = lastOf(before(at, ended, workflow))) path.unshift(at.stepId);
  return path;
}

function before(change: ChangeRecord, all: readonly ChangeRecord[], workflow: Workflow): readonly ChangeRecord[] {
  const after = findStep(workflow, change.stepId)?.step.after ?? [];
  return all.filter(({ stepId }) => after.includes(stepId));
}

function lastOf(changes: readonly ChangeRecord[]): ChangeRecord | undefined {
  return [...changes].sort((a, b) => (a.endedAt ?? '').localeCompare(b.endedAt ?? '')).at(-1);
}

/** The most round trips that came one after the other, none overlapping the next. */
export function longestSequence(trips: readonly RoundTrip[]): number {
  let count = 0;
  let free = Number.NEGATIVE_INFINITY;
  for (const { from, to } of [...trips].sort((a, b) => a.to - b.to)) {
    if (from < free) continue;
    count += 1;
    free = to;
  }
  return count;
}
