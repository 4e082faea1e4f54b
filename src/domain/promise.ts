import type { CaseRecord } from '#domain/case';
import type { CaseState } from '#domain/case-state';
import { type Instant, isAtOrAfter, msBetween, plusMs } from '#domain/instant';

export type CasePromise = NonNullable<CaseRecord['promise']>;

/** How a promise stands: `kept` in time, `late` once it is done all the same. */
export type PromiseStatus = 'on-time' | 'at-risk' | 'missed' | 'kept' | 'late';

/** By when it counts: what was signed to wait (sign-in kept until Friday) moves it, by the time the policy gave after the last minute. */
export function promiseDueAt(state: CaseState, promise: CasePromise): Instant {
  const until = latestSigned(state);
  if (until === undefined || !isAtOrAfter(until, state.record.effectiveAt)) return promise.dueAt;
  const moved = plusMs(until, msBetween(state.record.effectiveAt, promise.dueAt));
  return isAtOrAfter(moved, promise.dueAt) ? moved : promise.dueAt;
}

/** From when on it is told that it may be missed. */
export function promiseWarnAt(state: CaseState, promise: CasePromise): Instant {
  return plusMs(promiseDueAt(state, promise), -msBetween(promise.warnAt, promise.dueAt));
}

export function promiseStatus(promise: CasePromise): PromiseStatus {
  if (promise.keptAt !== undefined) return promise.missedAt === undefined ? 'kept' : 'late';
  if (promise.missedAt !== undefined) return 'missed';
  return promise.warnedAt === undefined ? 'on-time' : 'at-risk';
}

function latestSigned(state: CaseState): Instant | undefined {
  return state.parts
    .flatMap(({ deviation }) => (deviation?.grantedAt && deviation.kind !== 'waive' ? [deviation.until] : []))
    .sort()
    .at(-1);
}
