import type { CaseId, TenantId } from '#domain/ids';
import type { Commit, EvidenceEntry, OutboxMessage, Store, Write } from '#engine/ports/store';

/** One opened store and what the suite may do to it. */
export interface OpenedStore {
  readonly store: Store;
  /** A second instance on the same data, where the database allows one; the first again, where it does not. */
  another(): Promise<Store>;
  /** Opens the data anew as after a crash; undefined where closing loses it. */
  readonly reopen?: () => Promise<Store>;
  /** Only one instance can have it open: who reopens it knows that the last one is dead. */
  readonly oneHolder?: true;
  close(): Promise<void>;
}

export type OpenStore = () => Promise<OpenedStore>;

export const tenantId: TenantId = '7a1f0000-0000-4000-8000-000000000001';
export const otherTenant: TenantId = '7a1f0000-0000-4000-8000-000000000002';
export const at = '2026-11-20T10:00:00.000Z';

/** Minutes after `at`. */
export function minute(n: number): string {
  return new Date(Date.parse(at) + n * 60_000).toISOString();
}

export function aCommit(parts: Partial<Commit> = {}): Commit {
  return { tenantId, state: [], evidence: [], outbox: [], ...parts };
}

/** A small document of the collection that has the simplest body. */
export function counter(key: string, value: number, expect?: number): Write {
  return { collection: 'counter', key, body: { value }, ...(expect !== undefined && { expect }) };
}

export function entry(chain: string, note: string): EvidenceEntry {
  return { chain, type: 'case.noted', at, actor: { kind: 'clock' }, data: { note } };
}

export function message(key: string, kind = 'case'): OutboxMessage {
  return { key, audience: 'person/p1', kind };
}

export async function wake(store: Store, caseId: CaseId, dueAt: string): Promise<void> {
  await store.commit(aCommit({ wake: [{ caseId, dueAt, mode: 'set' }] }));
}

export async function valueAt(store: Store, key: string): Promise<number | undefined> {
  return (await store.get(tenantId, 'counter', key))?.body.value;
}
