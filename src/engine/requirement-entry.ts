import type { Json } from '#domain/json';
import type { Part, Requirement } from '#domain/part';
import type { Engine } from '#engine/engine';
import { evidenceEntry } from '#engine/evidence-entry';
import type { EvidenceEntry } from '#engine/ports/store';

/** One row about what the clock did to a requirement: which one it was, and what else there is to say of it. */
export function requirementEntry(
  engine: Engine,
  { caseId, partId, partHash }: Part,
  { requirementId, round }: Requirement,
  type: string,
  more: { readonly [key: string]: Json },
): Promise<EvidenceEntry> {
  const data = { part: partId, partHash, requirement: requirementId, round, ...more };
  return evidenceEntry(engine, { caseId, type, actor: { kind: 'clock' }, data });
}
