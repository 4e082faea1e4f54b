import type { CaseId, StepId, TenantId, UserId } from '#domain/ids';
import type { Instant } from '#domain/instant';
import type { Role } from '#domain/part';

export type ExceptionOwner =
  | { readonly kind: 'role'; readonly role: Role }
  | { readonly kind: 'person'; readonly userId: UserId; readonly displayName: string };

export type Resolution = 'confirmed' | 'done-by-hand' | 'waived';

/** A change that is not proved, or something about the case that only a person can put right. Holds its dependents, nothing else. */
export interface CaseException {
  readonly tenantId: TenantId;
  readonly caseId: CaseId;
  /** Unique in the case and short: `1`, `2` … */
  readonly exceptionId: string;
  /** The change it is about; none for what concerns the case itself (nobody to ask, a card that cannot be delivered). */
  readonly changeKey?: string;
  readonly stepId?: StepId;
  /** `graph.not-permitted`, `latchkey.no-address`. */
  readonly code: string;
  /** One line: "Alex Morgan's mailbox is not proved shared". */
  readonly title: string;
  /** What we saw, as fact. */
  readonly saw: string;
  /** What to do about it. */
  readonly advice: string;
  readonly owner: ExceptionOwner;
  readonly severity: 'high' | 'normal';
  readonly openedAt: Instant;
  readonly dueAt: Instant;
  /** Request ids and last answers: small print. */
  readonly technical?: string;
  /** Somebody asked for another try; the runner takes it up. Stays, so that a later proof can name them. */
  readonly retry?: { readonly by: string; readonly at: Instant; readonly taken: boolean };
  /** Tries that people asked for and that ended here again. */
  readonly triedAgain?: { readonly by: string; readonly at: Instant; readonly times: number };
  /** Somebody says they did it by hand; read back where the tenant can show it. */
  readonly byHand?: { readonly by: string; readonly at: Instant; readonly note: string };
  /** What somebody said they had done by hand, and the tenant showed otherwise. */
  readonly contradicted?: { readonly by: string; readonly at: Instant; readonly note: string };
  /** Nobody closed it by its due time: whom it was put before then. */
  readonly escalated?: { readonly at: Instant; readonly to: Role };
  readonly resolution?: {
    readonly as: Resolution;
    /** An Entra user id, or `clock` where a later read-back proved it. */
    readonly by: string;
    readonly at: Instant;
    readonly note: string;
    /** Waived until then. */
    readonly until?: Instant;
  };
}
