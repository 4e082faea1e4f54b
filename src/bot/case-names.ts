import type { CaseState } from '#domain/case-state';
import type { UserId } from '#domain/ids';
import { readPerson } from '#engine/directory';
import type { Engine } from '#engine/engine';

/** Display names of everybody who decided or worked on a case. Somebody who left since is shown by what they were. */
export async function namesIn(engine: Engine, state: CaseState): Promise<(userId: UserId) => string | undefined> {
  const { record } = state;
  const known = new Map<UserId, string>();
  for (const person of [record.person, record.manager, record.delegate])
    if (person) known.set(person.userId, person.displayName);
  if (record.requestedBy.kind === 'person') known.set(record.requestedBy.userId, record.requesterName);
  const workers = state.exceptions.flatMap((e) => [e.retry?.by, e.byHand?.by, e.contradicted?.by, e.resolution?.by]);
  const wishers = state.parts.map((p) => p.deviation?.askedBy);
  const deciders = state.parts
    .flatMap((p) => p.requirements)
    .flatMap((r) => r.of)
    .flatMap((d) => (d.kind === 'person' ? [d.userId] : []));
  const askers = state.questions.flatMap((q) => [q.askedBy, q.answer?.by]);
  const changers = (record.amendments ?? []).map(({ by }) => by);
  const ids = [
    ...askers,
    ...changers,
    ...state.decisions.map((d) => d.decidedBy),
    ...workers,
    ...wishers,
    ...deciders,
    record.cancelled?.by,
  ];
  const missing = [...new Set(ids)].filter((id): id is string => id !== undefined && id !== 'clock' && !known.has(id));
  await Promise.all(
    missing.map(async (userId) => {
      const person = await readPerson(engine.graph, userId).catch((error: unknown) => {
        engine.report(`reading the name of ${userId}`, error);
        return undefined;
      });
      if (person) known.set(userId, person.displayName);
    }),
  );
  return (userId) => known.get(userId);
}
