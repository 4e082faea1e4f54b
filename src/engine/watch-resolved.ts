import type { CaseException } from '#domain/exception';
import type { Instant } from '#domain/instant';
import type { Engine } from '#engine/engine';
import { evidenceEntry, theSubject } from '#engine/evidence-entry';
import type { EvidenceEntry } from '#engine/ports/store';

/** Over by what a look saw: in the name of whoever asked for another try, else the clock's. */
export function resolvedByLook(exception: CaseException, at: Instant, note: string): CaseException {
  const by = exception.retry?.by ?? 'clock';
  return { ...exception, resolution: { as: 'confirmed', by, at, note } };
}

export async function resolvedEntries(
  engine: Engine,
  exceptions: readonly CaseException[],
): Promise<readonly EvidenceEntry[]> {
  const entries = exceptions.flatMap(({ caseId, exceptionId, resolution }) => {
    if (!resolution) return [];
    const { as, by, note } = resolution;
    return [
      evidenceEntry(engine, {
        caseId,
        type: 'exception.resolved',
        actor: by === 'clock' ? { kind: 'clock' } : { kind: 'person', userId: by },
        data: { exception: exceptionId, as },
        personal: { of: theSubject, fields: { note } },
      }),
    ];
  });
  return Promise.all(entries);
}
