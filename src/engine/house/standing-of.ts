import { type CaseState, changesOf } from '#domain/case-state';
import type { Missed } from '#domain/house';
import type { Instant } from '#domain/instant';
import { decisionsFor, partStatus, requirementStatus } from '#domain/part-status';

/** How it stands with something that became due in an outage. `at`: when it was done, where that is known. */
export type Standing =
  | { readonly kind: 'done'; readonly at?: Instant }
  | { readonly kind: 'dropped'; readonly why: 'cancelled' | 'rejected' | 'changed' }
  | { readonly kind: 'running' }
  | { readonly kind: 'waits'; readonly for: 'a decision' | 'people' | 'its turn' };

export function isCaughtUp(standing: Standing): boolean {
  return standing.kind === 'done' || standing.kind === 'dropped';
}

export function standingOf(state: CaseState, missed: Missed): Standing {
  if (state.record.cancelled) return { kind: 'dropped', why: 'cancelled' };
  switch (missed.what) {
    case 'start':
      return ofPart(state, missed.id);
    case 'decision':
      return ofDecision(state, missed.id);
    case 'look':
      return state.record.watch?.nextAt === missed.dueAt ? { kind: 'waits', for: 'its turn' } : { kind: 'done' };
    case 'exception':
      return ofException(state, missed.id);
  }
}

function ofPart(state: CaseState, partId: string): Standing {
  const part = state.parts.find((candidate) => candidate.partId === partId);
  if (!part) return { kind: 'dropped', why: 'changed' };
  switch (partStatus(state, part)) {
    case 'rejected':
      return { kind: 'dropped', why: 'rejected' };
    case 'awaiting':
      return { kind: 'waits', for: 'a decision' };
    case 'approved':
      return { kind: 'waits', for: 'its turn' };
    case 'running': {
      const stuck = changesOf(state, part).some((change) => change.status === 'exception');
      return stuck ? { kind: 'waits', for: 'people' } : { kind: 'running' };
    }
    case 'ended':
      return done(changesOf(state, part).map((change) => change.endedAt));
  }
}

function ofDecision(state: CaseState, id: string): Standing {
  const [partId, requirementId] = id.split('/');
  const part = state.parts.find((candidate) => candidate.partId === partId);
  const requirement = part?.requirements.find((candidate) => candidate.requirementId === requirementId);
  if (!part || !requirement) return { kind: 'dropped', why: 'changed' };
  if (requirementStatus(part, requirement, state.decisions) === 'awaiting') return { kind: 'waits', for: 'a decision' };
  return done(decisionsFor(part, requirement, state.decisions).map(({ decidedAt }) => decidedAt));
}

function ofException(state: CaseState, exceptionId: string): Standing {
  const exception = state.exceptions.find((candidate) => candidate.exceptionId === exceptionId);
  if (!exception) return { kind: 'dropped', why: 'changed' };
  return exception.resolution ? done([exception.resolution.at]) : { kind: 'waits', for: 'people' };
}

/** Done when the last of it was. */
function done(ended: readonly (Instant | undefined)[]): Standing {
  const at = ended
    .filter((instant) => instant !== undefined)
    .sort()
    .at(-1);
  return at === undefined ? { kind: 'done' } : { kind: 'done', at };
}
