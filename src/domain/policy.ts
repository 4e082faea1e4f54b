import type { Risk } from '#domain/change';
import type { CaseKind, StepId, UserId } from '#domain/ids';
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
  /** `HH:mm`: when a working day ends there: the last business hour. */
  readonly endOfDay: string;
  readonly startOfDay: string;
  /** ISO weekdays, 1 is Monday. */
  readonly workdays: readonly number[];
  /** Whose public holidays count: `GB-ENG`, `IE`, `US-TX`; none: no holidays. */
  readonly holidays?: string;
}

/** Who may be named in a rule: a role, somebody the case tells, or one person by id. */
export type Asked =
  | { readonly role: Role }
  | { readonly person: 'manager' | 'managers-manager' | 'entitlement-owner' }
  | { readonly userId: UserId };

/** A decision that the firm wants beside those every case has. It applies where everything in `when` fits. */
export interface ApprovalRule {
  readonly id: string;
  readonly when: {
    readonly kinds?: readonly CaseKind[] | undefined;
    readonly risks?: readonly Risk[] | undefined;
    readonly parts?: readonly string[] | undefined;
    readonly sites?: readonly string[] | undefined;
    readonly steps?: readonly StepId[] | undefined;
  };
  readonly ask: readonly Asked[];
  readonly need: 'one' | 'all' | number;
  readonly stage: number;
  readonly dueHours: number;
  readonly onSilence: OnSilence;
}

/** How decisions are asked for. */
export interface DecisionPolicy {
  readonly rules: readonly ApprovalRule[];
  /** Parts of these risks want two different people behind them; a third signs where there is only one. */
  readonly fourEyes: readonly Risk[];
  /** `case`: one rejected part ends the others that have not begun. Closing access is never among them. */
  readonly onReject: 'part' | 'case';
  /** Fractions of the time to decide at which a reminder is due. */
  readonly remindAt: readonly number[];
  /** `HH:mm`, the person's site: nobody is reminded between them, nor on days off. */
  readonly quietHours: { readonly from: string; readonly to: string };
  /** Asked beside the manager's manager when the deadline has passed. */
  readonly escalateTo: Role;
  /** How long the people of an escalation have before the next one. */
  readonly escalationHours: number;
  /** From so many waiting decisions on, a person gets one list instead of one card each. */
  readonly digestFrom: number;
  /** Whoever joined a deciding group decides nothing elevated for so long. */
  readonly newcomerHours: number;
  /** An approval that was not used for so long is asked for again. */
  readonly approvalValidDays: number;
  /** Deadlines that passed while Latchkey was not there move so far beyond its return. */
  readonly outageGraceHours: number;
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
    /** Steps that come so many days after the rest, as follow-up cases. */
    readonly later: readonly { readonly stepId: StepId; readonly days: number }[];
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
  readonly decisions: DecisionPolicy;
  readonly exceptions: {
    readonly ownerRole: Role;
    /** One person of the owning group at a time, in turn; none: the group. */
    readonly rota?: { readonly startsOn: string; readonly days: number; readonly userIds: readonly UserId[] };
    readonly dueHours: number;
    readonly highDueHours: number;
    /** Gets what is overdue. */
    readonly escalateTo: Role;
    /** Who signs that an exception is accepted: all of the named roles. `closing`: what closes access. */
    readonly waive: Readonly<Record<'routine' | 'elevated' | 'closing', readonly Role[]>>;
    readonly longestWaiverDays: number;
  };
  /** Same-day and day-one promises. */
  readonly promises: {
    /** `end-of-day`: of the last day, where the person works; a number: hours after the last working minute. */
    readonly leaverClosed: 'end-of-day' | number;
    /** Least time that a case opened late has. */
    readonly leastHours: number;
    /** So long before the end it is told that the promise may be missed. */
    readonly warnMinutes: number;
  };
  readonly watch: {
    /** Hours after closure. */
    readonly leaverHours: readonly number[];
    readonly sweepMonths: number;
    /** `HH:mm` of the default site. */
    readonly sweepAt: string;
  };
  readonly house: {
    /** `HH:mm` of the default site: the list of who leaves today. */
    readonly morningAt: string;
    /** Not being there for longer is an outage and is told. */
    readonly outageMinutes: number;
  };
  readonly cards: { readonly editGapMs: number };
}
