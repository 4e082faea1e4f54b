import { canonicalJson, sha256Hex } from '#domain/canonical';
import type { Change } from '#domain/change';
import type { StepId } from '#domain/ids';
import type { Instant } from '#domain/instant';
import type { Json } from '#domain/json';

export interface HashedChange {
  readonly stepId: StepId;
  readonly stepVersion: number;
  readonly intent: Json;
  readonly change: Change;
}

/**
 * What an approval is bound to: step id and version, intent, key, before, after, and the date. Display names are left out: a group
 * that was renamed is still the same group. `startsAt` undefined: the hash of the changes alone, as a form shows them before a date is chosen.
 */
export function partHash(changes: readonly HashedChange[], startsAt: Instant | undefined): string {
  const rows = changes.map(({ stepId, stepVersion, intent, change }) => ({
    step: stepId,
    version: stepVersion,
    intent,
    key: change.key,
    before: change.before,
    after: change.after,
  }));
  rows.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return sha256Hex(canonicalJson({ changes: rows, date: startsAt ?? null }));
}

/** Identifies a whole plan: SHA-256 over the sorted part hashes. */
export function planHash(partHashes: readonly string[]): string {
  return sha256Hex([...partHashes].sort().join('\n'));
}
