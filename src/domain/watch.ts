import type { Instant } from '#domain/instant';

/** After closure: how many of the planned looks were taken, when the next one is due, and what the last ones left. */
export interface Watch {
  readonly done: number;
  /** None: every look was taken. */
  readonly nextAt?: Instant;
  /** The last look could not read everything: how often in a row, and when it is tried again. */
  readonly failed?: { readonly times: number; readonly againAt: Instant };
  /** The daily sweep saw a difference: look now. A hash of what it saw. */
  readonly asked?: string;
  /** What the sweep saw when a look it asked for found nothing wrong: no reason to look again. */
  readonly accepted?: string;
  /** Keys of what Latchkey cannot change and what was there at the last look. */
  readonly standing?: readonly string[];
  /** The latest sign-in after closure that was told. */
  readonly signedInAt?: Instant;
  /** Sign-ins cannot be read in this tenant; said once. */
  readonly signInsHidden?: boolean;
  /** What of the findings the completion card was last told. */
  readonly told?: string;
}
