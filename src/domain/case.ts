import type { Actor } from '#domain/actor';
import type { Amendment } from '#domain/amendment';
import type { ShownChange } from '#domain/draft';
import type { CaseId, CaseKind, StepId, TenantId, UserId } from '#domain/ids';
import type { Instant } from '#domain/instant';
import type { Json } from '#domain/json';
import type { Role } from '#domain/part';
import type { PersonView, Subject } from '#domain/subject';
import type { Watch } from '#domain/watch';

/** Proved and timed, each set once. */
export interface Milestones {
  readonly accessClosedAt?: Instant;
  readonly handedOverAt?: Instant;
  readonly completedAt?: Instant;
}

/** One person, one lifecycle event, from request to closure. Its status is derived (`#domain/case-status`), never stored. */
export interface CaseRecord {
  readonly tenantId: TenantId;
  readonly caseId: CaseId;
  readonly kind: CaseKind;
  readonly subject: Subject;
  readonly person: PersonView;
  readonly requestedBy: Actor;
  readonly requesterName: string;
  readonly manager?: PersonView;
  /** Read where a rule asks for them. */
  readonly managersManager?: PersonView;
  /** The members of groups of which a rule asks everybody, as they were when the plan was made. */
  readonly askedOfAll?: Readonly<Partial<Record<Role, readonly UserId[]>>>;
  readonly openedAt: Instant;
  /** When access ends (or begins): the last working minute. */
  readonly effectiveAt: Instant;
  /** IANA zone of the person's site; every time on a card is shown in it. */
  readonly zone: string;
  /** Asked for with `now`. */
  readonly immediate: boolean;
  /** The asked-for time lay in the past when the case was opened: recorded, and closed at once. */
  readonly openedLate: boolean;
  /** What each step is to reach; kept with the plan and hashed with it. */
  readonly intents: Readonly<Record<StepId, Json>>;
  /** Who gets the mailbox and files, as asked for. */
  readonly delegate?: PersonView;
  readonly autoReply?: string;
  /** What the requester was shown before confirming; what the tenant holds beyond it must be covered or is asked about. */
  readonly shown: readonly ShownChange[];
  /** Whether the requester may confirm by themselves: HR may, a manager asking for a report may not. */
  readonly requesterIsHr: boolean;
  /** Deciding groups the subject sits in: their colleagues there get it one to one, never in the group's channel. */
  readonly subjectRoles: readonly Role[];
  /** 0 until the first plan stands. */
  readonly revision: number;
  readonly milestones: Milestones;
  readonly exceptionCount: number;
  readonly cancelled?: { readonly by: UserId; readonly at: Instant; readonly reason: string };
  /** Who confirmed the present date and choices; none: the requester did. */
  readonly confirmedBy?: { readonly userId: UserId; readonly at: Instant };
  /** What was changed since it was opened, in order. */
  readonly amendments?: readonly Amendment[];
  /** Somebody of HR who chose anew who gets what: they do not decide on it as well. */
  readonly handOverAskedBy?: UserId;
  /** Nothing more begins before this: signed by others, with an end. */
  readonly heldUntil?: Instant;
  /** By when which milestone is promised, and what became of it. */
  readonly promise?: {
    readonly milestone: 'access closed' | 'access ready';
    readonly dueAt: Instant;
    /** From then on it is told when the promise may be missed. */
    readonly warnAt: Instant;
    readonly warnedAt?: Instant;
    readonly keptAt?: Instant;
    readonly missedAt?: Instant;
  };
  /** After closure. */
  readonly watch?: Watch;
  /** A dated follow-up names the case it comes from, and does these steps only. */
  readonly follows?: CaseId;
  readonly onlySteps?: readonly StepId[];
  /** Steps that the policy puts into follow-up cases, each so many days after this one. */
  readonly laterSteps?: readonly { readonly stepId: StepId; readonly days: number }[];
}
