import type { Actor } from '#domain/actor';
import type { CaseId } from '#domain/ids';
import type { Json } from '#domain/json';
import type { Engine } from '#engine/engine';
import type { EvidenceEntry } from '#engine/ports/store';

/** Under whose key the subject's own fields are sealed within a case; other people's are sealed under their userId. */
export const theSubject = 'subject';

export interface CaseEvent {
  readonly caseId: CaseId;
  readonly type: string;
  readonly actor: Actor;
  /** Ids, hashes, times, outcomes: nothing that says who the person is or what was written to them. */
  readonly data: { readonly [key: string]: Json };
  /** Names, addresses, what was read: sealed beside the chain under this person's key. */
  readonly personal?: { readonly of: string; readonly fields: Json };
}

/** One row for the case's chain, its personal fields sealed. */
export async function evidenceEntry(engine: Engine, event: CaseEvent): Promise<EvidenceEntry> {
  const entry = {
    chain: event.caseId,
    type: event.type,
    at: engine.clock.tenantNow(),
    actor: event.actor,
    data: event.data,
  };
  if (!event.personal) return entry;
  const personal = await engine.vault.seal(engine.tenantId, event.caseId, event.personal.of, event.personal.fields);
  return { ...entry, personal };
}
