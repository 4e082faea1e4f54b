import type { Change, Target } from '#domain/change';
import type { Observation } from '#domain/verdict';

/** One outcome of planning for one object. */
export type Planned =
  | { readonly kind: 'change'; readonly change: Change }
  /** Already so; the observation is the proof that goes on the record. */
  | { readonly kind: 'not-needed'; readonly key: string; readonly target: Target; readonly observation: Observation }
  /** Latchkey cannot do this one: it becomes an exception with an owner. */
  | {
      readonly kind: 'blocked';
      readonly key: string;
      readonly target: Target;
      readonly code: string;
      readonly title: string;
      readonly saw: string;
      readonly advice: string;
    };
