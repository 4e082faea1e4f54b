import { wantsNewPlan } from '#domain/amendment';
import { type CaseState, openExceptions } from '#domain/case-state';
import { planParts } from '#domain/deviation-part';
import { partStatus } from '#domain/part-status';

/**
 * `planning`: the live tenant is being read. `scheduled`: planned, nothing has run. `running`. `needs-people`: an exception is open.
 * `completed`: every change of every approved part is in an end state and no exception is open; there is no "completed with errors".
 * Also of a case that was completed before and has something that came back since.
 */
export type CaseStatus = 'planning' | 'scheduled' | 'running' | 'needs-people' | 'completed' | 'cancelled';

export function isFinished(state: CaseState): boolean {
  if (state.record.revision === 0 || openExceptions(state).length > 0) return false;
  return planParts(state.parts).every((part) => ['ended', 'rejected'].includes(partStatus(state, part)));
}

export function caseStatus(state: CaseState): CaseStatus {
  if (state.record.cancelled) return 'cancelled';
  if (openExceptions(state).length > 0) return 'needs-people';
  if (state.record.milestones.completedAt) return isAtWork(state) ? 'running' : 'completed';
  if (state.record.revision === 0 || wantsNewPlan(state.record)) return 'planning';
  return state.parts.some((part) => part.startedAt) ? 'running' : 'scheduled';
}

/** What came back is being closed again, or waits for whoever decides it. */
function isAtWork(state: CaseState): boolean {
  return planParts(state.parts).some((part) => ['awaiting', 'approved', 'running'].includes(partStatus(state, part)));
}
