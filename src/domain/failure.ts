/**
 * Why a call to the outside did not do what it was asked. The kind decides what the engine may do next:
 * - `already-done`: the wanted state is there; go on to prove it.
 * - `not-found`: the object is not there (for a read of something just created: not yet).
 * - `not-yet-visible`: the service has not caught up with an earlier write; try again later.
 * - `not-permitted`: a permission or role is missing; only a person can change that.
 * - `throttled`: nothing happened; try again after `retryAfterMs`.
 * - `refused`: the service understood and said no; trying the same again will not help.
 * - `unknown-outcome`: sent, and no trustworthy answer came: it may or may not have happened.
 * - `broken`: nothing was sent, or a read failed; safe to try again.
 */
export type FailureKind =
  | 'already-done'
  | 'not-found'
  | 'not-yet-visible'
  | 'not-permitted'
  | 'throttled'
  | 'refused'
  | 'unknown-outcome'
  | 'broken';

export interface FailureDetail {
  readonly kind: FailureKind;
  /** `graph.throttled`, `exchange.not-visible`: service and reason, for people who search. */
  readonly code: string;
  readonly status?: number;
  readonly retryAfterMs?: number;
  /** The service's own request id, for a support call. */
  readonly requestId?: string;
  readonly clientRequestId?: string;
  /** For `not-permitted`: the permission or role that would help. */
  readonly missing?: string;
}

export class Failure extends Error {
  readonly detail: FailureDetail;

  constructor(message: string, detail: FailureDetail, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'Failure';
    this.detail = detail;
  }
}

export function isFailure(error: unknown, kind?: FailureKind): error is Failure {
  return error instanceof Failure && (kind === undefined || error.detail.kind === kind);
}
