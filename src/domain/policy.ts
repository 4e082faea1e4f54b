import type { UserId } from '#domain/ids';
import type { OnSilence, Role } from '#domain/part';

export interface GroupRef {
  /** Entra group object id. */
  readonly id: string;
  /** For people who read the file; not used to find the group. */
  readonly name: string;
}

export interface Site {
  /** Entra officeLocation. */
  readonly name: string;
  /** IANA zone. */
  readonly zone: string;
  /** `HH:mm`: when a working day ends there. */
  readonly endOfDay: string;
}

/** The firm's rules, read from policy.yaml. */
export interface Policy {
  readonly people: Readonly<Record<Role, GroupRef>>;
  readonly sites: readonly Site[];
  /** For people whose officeLocation is no site of ours. */
  readonly defaultSite: string;
  /** Decides in place of a manager who is not there. */
  readonly fallbackApprover: UserId;
  readonly protectedAccounts: { readonly groups: readonly GroupRef[]; readonly userIds: readonly UserId[] };
  readonly leaver: {
    /** `now` wants a second HR person, unless this says otherwise. */
    readonly nowNeedsSecondHr: boolean;
    readonly secondHrDueMinutes: number;
    readonly handOver: { readonly dueHours: number; readonly onSilence: OnSilence };
    readonly delegateDays: number;
    /** `{name}`, `{firm}` and `{delegate}` are filled in. */
    readonly autoReply: string;
    readonly firm: string;
    /** How far back a last working day may lie. */
    readonly latestPastDays: number;
    readonly furthestFutureDays: number;
  };
  readonly verify: {
    /** Two agreeing reads at least this far apart are a proof. */
    readonly gapMs: number;
    /** First look after an apply; then doubling up to `maxPollMs`. */
    readonly firstPollMs: number;
    readonly maxPollMs: number;
    /** A read-back that does not agree by then becomes an exception. */
    readonly deadlineMs: number;
    /** A negative read counts as "not applied" only when issued this long after the last send. */
    readonly settleMs: number;
  };
  readonly run: {
    readonly maxAttempts: number;
    readonly backoffMs: number;
    readonly graphWidth: number;
    readonly exchangeWidth: number;
  };
  readonly exceptions: { readonly ownerRole: Role; readonly dueHours: number };
  readonly cards: { readonly editGapMs: number };
}
