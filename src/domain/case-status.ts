import { type CaseState, openExceptions } from '#domain/case-state';
import { partStatus } from '#domain/part-status';

/**
 * `planning`: the live tenant is being read. `scheduled`: planned, nothing has run. `running`. `needs-people`: an exception is open.
 * `completed`: every change of every approved part is in an end state and no exception is open; there is no "completed with errors".
 */
export type CaseStatus = 'planning' | 'scheduled' | 'running' | 'needs-people' | 'completed' | 'cancelled';

export function isFinished(state: CaseState): boolean {
  if (state.record.revision === 0 || openExceptions(state).length > 0) return false;
  return state.parts.every((part) => ['ended', 'rejected'].includes(partStatus(state, part)));
}

export function caseStatus(state: CaseState): CaseStatus {
  if (state.record.cancelled) return 'cancelled';
  if (state.record.milestones.completedAt) return 'completed';
  if (openExceptions(state).length > 0) return 'needs-people';
  if (state.record.revision === 0) return 'planning';
  return state.parts.some((part) => part.startedAt) ? 'running' : 'scheduled';
}
