import { numberOf, type Program, textOf } from '#adapters/store/program';
import { evidenceHash, evidenceLine, firstPrev } from '#domain/evidence';
import type { TenantId } from '#domain/ids';
import type { Commit, CommitResult, EvidenceEntry, OutboxMessage, Wake, Write } from '#engine/ports/store';

/**
 * One commit as one transaction: inbox, then work rows, documents, evidence and outbox, each in the order of its key. Every instance
 * takes its row locks in that same order, so that two commits may wait for each other but never in a ring.
 */
export function* commitProgram(commit: Commit): Program<CommitResult> {
  return (
    (yield* receive(commit)) ??
    (yield* touchWork(commit)) ??
    (yield* writeAll(commit.tenantId, commit.state)) ??
    (yield* appendAll(commit.tenantId, commit.evidence)) ??
    (yield* enqueueAll(commit.tenantId, commit.outbox)) ?? { ok: true }
  );
}

/** undefined: go on. */
type Refusal = Extract<CommitResult, { ok: false }> | undefined;

function* receive({ tenantId, inbox }: Commit): Program<Refusal> {
  if (inbox === undefined) return undefined;
  const rows = yield { use: 'receive', params: [tenantId, inbox.source, inbox.externalId] };
  return rows.length > 0 ? undefined : { ok: false, reason: 'duplicate', key: `${inbox.source}/${inbox.externalId}` };
}

/** The lease is checked on its locked row, so that nobody can claim the case before this commit ends. */
function* touchWork({ tenantId, lease: held, wake = [] }: Commit): Program<Refusal> {
  const own = held?.lease.caseId;
  const caseIds = new Set([...(own === undefined ? [] : [own]), ...wake.map(({ caseId }) => caseId)]);
  for (const caseId of [...caseIds].sort()) {
    if (held && caseId === own) {
      const rows = yield { use: 'leaseHeld', params: [tenantId, caseId, held.lease.epoch, held.machineNow] };
      if (rows.length === 0) return { ok: false, reason: 'fenced', key: caseId };
    }
    for (const one of wake) if (one.caseId === caseId) yield* wakeCase(tenantId, one, caseId === own);
  }
  return undefined;
}

function* wakeCase(tenantId: TenantId, { caseId, dueAt, mode }: Wake, byRunner: boolean): Program<undefined> {
  const params = [tenantId, caseId, dueAt ?? null];
  if (mode === 'set') yield { use: byRunner ? 'wakeSetByRunner' : 'wakeSet', params };
  // No due time is later than any: `sooner` has nothing to move.
  else if (dueAt !== undefined) yield { use: byRunner ? 'wakeSoonerByRunner' : 'wakeSooner', params };
  return undefined;
}

function* writeAll(tenantId: TenantId, writes: readonly Write[]): Program<Refusal> {
  for (const write of sortedBy(writes, documentName)) {
    if (!(yield* writeDocument(tenantId, write))) return { ok: false, reason: 'conflict', key: documentName(write) };
  }
  return undefined;
}

function documentName({ collection, key }: Write): string {
  return `${collection}/${key}`;
}

/** False when the document is not as expected. */
function* writeDocument(tenantId: TenantId, { collection, key, caseId, expect, body }: Write): Program<boolean> {
  const name = [tenantId, collection, key];
  if (body === null) {
    if (expect === undefined) yield { use: 'documentRemove', params: name };
    else if (expect === 0) return (yield { use: 'documentGet', params: name }).length === 0;
    else return (yield { use: 'documentRemoveVersion', params: [...name, expect] }).length > 0;
    return true;
  }
  const params = [...name, caseId ?? null, JSON.stringify(body)];
  if (expect === undefined) {
    yield { use: 'documentPut', params };
    return true;
  }
  if (expect === 0) return (yield { use: 'documentCreate', params }).length > 0;
  return (yield { use: 'documentReplace', params: [...params, expect] }).length > 0;
}

function* appendAll(tenantId: TenantId, entries: readonly EvidenceEntry[]): Program<undefined> {
  for (const entry of sortedBy(entries, ({ chain }) => chain)) yield* append(tenantId, entry);
  return undefined;
}

/**
 * Chains one row on the head of the moment. Where another instance was first (its row appears once it committed), the new head is
 * read and the row is made again: the chain has no gap and no fork, whoever writes.
 */
function* append(tenantId: TenantId, entry: EvidenceEntry): Program<undefined> {
  for (;;) {
    const [head] = yield { use: 'head', params: [tenantId, entry.chain] };
    const seq = head ? numberOf(head, 'seq') + 1 : 1;
    const line = evidenceLine({
      tenant: tenantId,
      case: entry.chain,
      seq,
      prev: head ? textOf(head, 'hash') : firstPrev,
      at: entry.at,
      type: entry.type,
      actor: entry.actor,
      data: entry.data,
      ...(entry.personal && { personal: entry.personal.commitment }),
    });
    const params = [tenantId, entry.chain, seq, evidenceHash(line), line, entry.personal?.box ?? null];
    if ((yield { use: 'append', params }).length > 0) return undefined;
  }
}

function* enqueueAll(tenantId: TenantId, messages: readonly OutboxMessage[]): Program<undefined> {
  for (const { key, audience, kind, caseId, payload } of sortedBy(messages, (message) => message.key)) {
    const said = payload === undefined ? null : JSON.stringify(payload);
    yield { use: 'enqueue', params: [tenantId, key, audience, kind, caseId ?? null, said] };
  }
  return undefined;
}

/** Stable: what has the same key keeps its order. */
function sortedBy<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  return items.length < 2 ? items : [...items].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
