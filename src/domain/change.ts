import type { CaseId, StepId, TenantId, UserId } from '#domain/ids';
import type { Instant } from '#domain/instant';
import type { Json } from '#domain/json';
import type { Observation } from '#domain/verdict';

export type Risk = 'routine' | 'elevated' | 'destructive';

export interface Target {
  readonly kind: 'user' | 'group' | 'list' | 'mailbox' | 'inboxRule' | 'authenticationMethod' | 'license';
  /** The object's own id: what the hash covers. */
  readonly id: string;
  /** What people call it; not hashed, may change without voiding an approval. */
  readonly displayName: string;
}

/** What a step will do to one object. Data, never code: people approve it, the hash covers it. */
export interface Change {
  /** Stable across plannings, unique within the case: `<stepId>:<object id>`. */
  readonly key: string;
  readonly target: Target;
  readonly before: Json;
  readonly after: Json;
  /** What stands out for whoever approves: a private address, something that cannot be undone. */
  readonly attention?: string;
  /** Steps that must have ended before this one change, beyond what its step says of itself. */
  readonly alsoAfter?: readonly StepId[];
  /** Entra object id of whoever owns what is granted or taken: asked where the policy says so. */
  readonly ownerId?: UserId;
}

/**
 * `planned → applying → verifying → confirmed | not-needed | exception`;
 * an exception ends `confirmed | done-by-hand | waived`, by a named person.
 */
export type ChangeStatus =
  | 'planned'
  | 'applying'
  | 'verifying'
  | 'confirmed'
  | 'not-needed'
  | 'exception'
  | 'done-by-hand'
  | 'waived';

/** Where the journal has a change: one row, rewritten at each step of the protocol, its history in the evidence. */
export interface ChangeRecord {
  readonly tenantId: TenantId;
  readonly caseId: CaseId;
  readonly revision: number;
  readonly partId: string;
  readonly stepId: StepId;
  readonly stepVersion: number;
  readonly intent: Json;
  readonly change: Change;
  readonly status: ChangeStatus;
  /** How often `apply` was begun. */
  readonly attempt: number;
  /**
   * When the last attempt was sent, never too early: when its intent was recorded, and moved on to when we learned how it ended or
   * that we never shall. The settle time counts from here.
   */
  readonly appliedAt?: Instant;
  /** `unknown`: sent (or about to be when we died) without a trustworthy answer. */
  readonly outcome?: 'accepted' | 'unknown';
  readonly receipt?: Json;
  /** Positive reads that agree so far: verify.gapMs apart, two make the proof. */
  readonly agreeing?: { readonly count: number; readonly lastAt: Instant; readonly fingerprint: string };
  readonly nextCheckAt?: Instant;
  /** When a read-back that still does not agree becomes an exception. */
  readonly verifyBy?: Instant;
  readonly observation?: Observation;
  readonly endedAt?: Instant;
  readonly exceptionId?: string;
  readonly coveredSince?: Instant;
}

const ended: readonly ChangeStatus[] = ['confirmed', 'not-needed', 'done-by-hand', 'waived'];

export function hasEnded(record: Pick<ChangeRecord, 'status'>): boolean {
  return ended.includes(record.status);
}
