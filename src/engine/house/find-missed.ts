import { type CaseState, openExceptions } from '#domain/case-state';
import type { Missed } from '#domain/house';
import { type Instant, isAtOrAfter } from '#domain/instant';
import type { Part } from '#domain/part';
import { decisionsFor, isRejected } from '#domain/part-status';
import type { Engine } from '#engine/engine';
import { loadCase } from '#engine/load-case';

/** Everything that became due after `from` and until `to` and was not done by `from`, of all cases; what has waited longest comes first. */
export async function findMissed(engine: Engine, from: Instant, to: Instant): Promise<readonly Missed[]> {
  const { store, tenantId } = engine;
  const records = await store.list(tenantId, 'case');
  const concerned = records.filter(({ body }) => !body.cancelled);
  const states = await Promise.all(concerned.map(({ key }) => loadCase(store, tenantId, key)));
  return states
    .flatMap((state) => (state ? missedIn(state) : []))
    .filter(({ dueAt }) => isAtOrAfter(to, dueAt) && !isAtOrAfter(from, dueAt))
    .sort((a, b) => a.dueAt.localeCompare(b.dueAt) || a.caseId.localeCompare(b.caseId));
}

/** Due times of what is not done yet. */
function missedIn(state: CaseState): readonly Missed[] {
  const { caseId, watch, milestones } = state.record;
  if (milestones.completedAt && watch?.nextAt) return [{ caseId, what: 'look', id: '', dueAt: watch.nextAt }];
  const live = state.parts.filter((part) => part.purpose !== 'deviation' && !isRejected(part, state.decisions));
  return [
    ...live
      .filter((part) => part.startedAt === undefined)
      .map((part) => ({ caseId, what: 'start', id: part.partId, dueAt: part.startsAt }) as const),
    ...live.flatMap((part) => undecided(state, part)),
    ...openExceptions(state).map(
      ({ exceptionId, dueAt }) => ({ caseId, what: 'exception', id: exceptionId, dueAt }) as const,
    ),
  ];
}

function undecided(state: CaseState, part: Part): readonly Missed[] {
  return part.requirements
    .filter((requirement) => decisionsFor(part, requirement, state.decisions).length === 0)
    .map(({ requirementId, dueAt }) => ({
      caseId: part.caseId,
      what: 'decision',
      id: `${part.partId}/${requirementId}`,
      dueAt,
    }));
}
