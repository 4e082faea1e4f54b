import type { Site } from '#sandbox/firm/sites';

/** One person of the firm as it is written down; `build-people` makes the directory account of it. */
export interface PersonSeed {
  /** The last digits of the object id. */
  readonly number: string;
  readonly givenName: string;
  readonly surname: string;
  readonly displayName?: string;
  readonly jobTitle: string;
  readonly department: string;
  readonly site: Site['name'];
  /** Number of the manager; left out for the few who have none. */
  readonly manager?: string;
  /** SKUs assigned to the account itself. */
  readonly licences: readonly string[];
  readonly mailNickname?: string;
  readonly userPrincipalName?: string;
  /** False for accounts without a mailbox. */
  readonly mailbox?: boolean;
  readonly guest?: boolean;
  readonly synced?: boolean;
  /** Days ago that somebody disabled the account by hand. */
  readonly disabledDaysAgo?: number;
  /** Days ago that the account was deleted (soft: it can be restored for 30 days). */
  readonly deletedDaysAgo?: number;
}
