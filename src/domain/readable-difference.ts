import type { PolicyDifference } from '#domain/house';

/** As much as one card shows in full, with everything around it, whatever the values look like. */
const mostDifferences = 25;
const mostText = 5_000;

/** Whether people can read all of it on one card; rules that nobody can read are not signed. */
export function isReadable(differences: readonly PolicyDifference[]): boolean {
  return differences.length <= mostDifferences && JSON.stringify(differences).length <= mostText;
}
