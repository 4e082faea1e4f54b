import type { StepId, UserId } from '#domain/ids';
import type { Instant } from '#domain/instant';

/**
 * A wish to do less, later or otherwise than the plan, asked for by a named person and signed by others. `waive`: an exception is
 * accepted as it is. `keep`: something is left alone for a while (sign-in until Friday). `hold`: nothing more begins. Each has an end.
 */
export interface Deviation {
  readonly kind: 'waive' | 'keep' | 'hold';
  /** What it is about in words: "Sign-in stays open", "Not proved: leaves Sales UK". */
  readonly title: string;
  readonly reason: string;
  readonly askedBy: UserId;
  readonly askedAt: Instant;
  /** When it ends by itself, with a card. */
  readonly until: Instant;
  /** `waive`: the exception that is accepted. */
  readonly exceptionId?: string;
  /** `keep`: the steps whose changes wait until then. */
  readonly stepIds?: readonly StepId[];
  /** Set once it was signed and took effect. */
  readonly grantedAt?: Instant;
  /** Set once its end was carried out. */
  readonly endedAt?: Instant;
}
