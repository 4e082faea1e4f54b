import type { TextColour } from '#cards/card-heading';
import { isPutOff } from '#cards/deviation-words';
import type { CaseState } from '#domain/case-state';
import { caseStatus } from '#domain/case-status';
import { planParts } from '#domain/deviation-part';
import { type Instant, isAtOrAfter, plusMs } from '#domain/instant';
import { isApproved, isRejected } from '#domain/part-status';

export interface StatusWords {
  readonly state: string;
  readonly colour: TextColour;
}

/** Closing and proving takes a while; only after this long is a case called late. */
export const promptMs = 300_000;

/** Access should have ended by now and has not been proved closed. */
export function isLate(state: CaseState, now: Instant): boolean {
  const { record } = state;
  if (record.cancelled || record.milestones.accessClosedAt || record.milestones.completedAt) return false;
  // What people signed may end later is not late.
  return !record.immediate && !isPutOff(state) && isAtOrAfter(now, plusMs(record.effectiveAt, promptMs));
}

/** A case in one or two words, the same on every card. */
export function statusWords(state: CaseState, now: Instant): StatusWords {
  const status = caseStatus(state);
  if (isHeld(state, now) && (status === 'running' || status === 'scheduled'))
    return { state: 'On hold', colour: 'Accent' };
  switch (status) {
    case 'cancelled':
      return { state: 'Cancelled', colour: 'Default' };
    case 'completed':
      return { state: 'Completed', colour: 'Default' };
    case 'needs-people':
      return { state: 'Needs IT', colour: 'Attention' };
    case 'planning':
      return { state: 'Planning', colour: 'Accent' };
    case 'running':
      return {
        state: isLate(state, now) ? 'Running late' : 'Running',
        colour: isLate(state, now) ? 'Attention' : 'Accent',
      };
    case 'scheduled':
      if (isLate(state, now)) return { state: 'Late', colour: 'Attention' };
      return awaitsDecision(state)
        ? { state: 'Waits for a decision', colour: 'Accent' }
        : { state: 'Scheduled', colour: 'Accent' };
  }
}

function isHeld({ record: { heldUntil } }: CaseState, now: Instant): boolean {
  return heldUntil !== undefined && !isAtOrAfter(now, heldUntil);
}

function awaitsDecision(state: CaseState): boolean {
  return planParts(state.parts).some(
    (part) => !isApproved(part, state.decisions) && !isRejected(part, state.decisions),
  );
}
