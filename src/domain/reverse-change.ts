import type { Change } from '#domain/change';

/** The change that restores what was: the same object, before and after swapped. What stood out about the first is not carried over. */
export function reverseChange(change: Change): Change {
  return { key: change.key, target: change.target, before: change.after, after: change.before };
}
