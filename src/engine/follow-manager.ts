import { actorId } from '#domain/actor';
import type { CaseRecord } from '#domain/case';
import type { CaseState } from '#domain/case-state';
import type { Part, Requirement } from '#domain/part';
import type { PersonView } from '#domain/subject';
import { managerNow } from '#engine/availability';
import type { Engine } from '#engine/engine';
import type { EvidenceEntry } from '#engine/ports/store';
import { requirementEntry } from '#engine/requirement-entry';

export interface Followed {
  readonly record: CaseRecord;
  readonly requirement: Requirement;
  readonly evidence: readonly EvidenceEntry[];
}

/**
 * The hand-over is decided by whoever is the manager while it waits: another one in Entra takes the place of the one who was asked. A
 * manager whom people chose for this case stays.
 */
export async function followManager(
  engine: Engine,
  { record }: CaseState,
  part: Part,
  requirement: Requirement,
): Promise<Followed> {
  const same: Followed = { record, requirement, evidence: [] };
  const asked = requirement.of.find((d) => d.kind === 'person' && d.as === 'manager');
  if (requirement.requirementId !== 'manager-decides' || asked?.kind !== 'person') return same;
  if (record.amendments?.some(({ what }) => what === 'manager')) return same;
  const manager = await managerNow(engine, record.person.userId);
  if (!manager || manager.userId === asked.userId || !mayDecide(record, manager)) return same;
  const known = requirement.of.some((d) => d.kind === 'person' && d.userId === manager.userId);
  const others = requirement.of.filter((d) => d !== asked);
  const of = known ? others : [{ kind: 'person', userId: manager.userId, as: 'manager' } as const, ...others];
  const entry = await requirementEntry(engine, part, requirement, 'decider.replaced', {
    was: asked.userId,
    is: manager.userId,
  });
  return { record: { ...record, manager }, requirement: { ...requirement, of }, evidence: [entry] };
}

function mayDecide({ person, requestedBy }: CaseRecord, { userId, accountEnabled, userType }: PersonView): boolean {
  return (
    accountEnabled !== false && userType !== 'Guest' && userId !== person.userId && userId !== actorId(requestedBy)
  );
}
