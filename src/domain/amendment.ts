import type { UserId } from '#domain/ids';
import type { Instant } from '#domain/instant';

/** What was changed of a case before it ran. `date` makes the whole plan again, the others the hand-over alone. */
export interface Amendment {
  readonly what: 'date' | 'delegate' | 'auto-reply' | 'manager';
  readonly by: UserId;
  readonly at: Instant;
  /** Instants for a date, names for people (`nobody`); not kept for a text. */
  readonly from?: string;
  readonly to?: string;
  /** When the plan stood that was made for it; none: that is still to come. */
  readonly plannedAt?: Instant;
}

interface Amended {
  readonly amendments?: readonly Amendment[];
}

/** The date changed and the plan is still that of the old one: nothing begins before it is made again. */
export function wantsNewPlan({ amendments = [] }: Amended): boolean {
  return amendments.some(({ what, plannedAt }) => what === 'date' && !plannedAt);
}

/** Only who gets what has changed; closing access goes on meanwhile. */
export function wantsNewHandOver({ amendments = [] }: Amended): boolean {
  return amendments.some(({ what, plannedAt }) => what !== 'date' && !plannedAt);
}

/** The hand-over is somebody else's to decide now: what its last decider said does not count, even where nothing else changed. */
export function wantsNewDecider({ amendments = [] }: Amended): boolean {
  return amendments.some(({ what, plannedAt }) => what === 'manager' && !plannedAt);
}

export function withPlan({ amendments }: Amended, at: Instant): Amended {
  return amendments ? { amendments: amendments.map((one) => (one.plannedAt ? one : { ...one, plannedAt: at })) } : {};
}
