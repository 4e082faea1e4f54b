import type { Lease, OutboxItem, Store } from '#engine/ports/store';

export const tenant = 't';

/** Model times are small integers; the store's tenant time is an instant. */
export function instant(minute: number): string {
  return new Date(Date.UTC(2026, 0, 1) + minute * 60_000).toISOString();
}

export interface WorkModel {
  due: number | undefined;
  nudge: number | undefined;
  epoch: number;
  until: number;
}

export interface MessageModel {
  version: number;
  attempt: number;
  notBefore: number;
  takenUntil: number;
  /** Index into the items given out; the only one that may settle it. */
  takenAs: number | undefined;
  order: number;
}

/** What the store should hold, said as plainly as possible. */
export interface Model {
  machineNow: number;
  tenantNow: number;
  readonly documents: Map<string, { version: number; value: number }>;
  readonly work: Map<string, WorkModel>;
  readonly outbox: Map<string, MessageModel>;
  readonly inbox: Set<string>;
  evidence: number;
  enqueued: number;
  /** As many as the real leases and items, in the same order. */
  readonly leases: { caseId: string; epoch: number }[];
  readonly items: { key: string; version: number }[];
}

export interface Real {
  readonly store: Store;
  readonly leases: Lease[];
  readonly items: OutboxItem[];
}

export function emptyModel(): Model {
  return {
    machineNow: 0,
    tenantNow: 0,
    documents: new Map(),
    work: new Map(),
    outbox: new Map(),
    inbox: new Set(),
    evidence: 0,
    enqueued: 0,
    leases: [],
    items: [],
  };
}

export function earlier(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}
