import type { Risk } from '#domain/change';
import type { Deviation } from '#domain/deviation';
import type { CaseId, StepId, TenantId, UserId } from '#domain/ids';
import type { Instant } from '#domain/instant';

/**
 * What happens when nobody has decided by the deadline; every requirement declares it. `grant-signed`: what the owners of the
 * entitlements have signed is granted, else it waits. `lapse`: what was wished is not granted.
 */
export type OnSilence = 'close-access' | 'take-default' | 'grant-signed' | 'wait-and-escalate' | 'lapse';

/** Groups of people that policy.yaml names by Entra group. */
export type Role = 'hr' | 'it' | 'itLeadership' | 'approvers' | 'auditors';

export type Decider =
  | {
      readonly kind: 'person';
      readonly userId: UserId;
      readonly as: 'manager' | 'fallback' | 'requester' | 'owner' | 'named' | 'escalation';
    }
  | { readonly kind: 'role'; readonly role: Role; readonly except: readonly UserId[] };

/** Who must decide a part. An approval counts for the partHash it was given for, in the round it was asked in. */
export interface Requirement {
  readonly requirementId: string;
  readonly round: number;
  readonly rule: { readonly kind: 'one' } | { readonly kind: 'all' } | { readonly kind: 'n'; readonly n: number };
  readonly of: readonly Decider[];
  /** Asked only when every requirement of a lower stage is met. */
  readonly stage: number;
  /** Wants another pair of eyes: whoever decides it decides no other requirement of the part. */
  readonly apart?: boolean;
  /** From when the time to decide counts; moved on when it is asked anew. */
  readonly askedAt: Instant;
  readonly dueAt: Instant;
  readonly onSilence: OnSilence;
  /** How many reminders were due and written. */
  readonly reminded?: number;
  /** When the deadline passed and others were asked beside. */
  readonly escalatedAt?: Instant;
  /** Deciders who cannot decide now, with who was asked in their place. */
  readonly passedOver?: readonly PassedOver[];
  /** Its deadline was moved on, once, because Latchkey was not there when it passed. */
  readonly afterOutage?: boolean;
}

export interface PassedOver {
  readonly userId: UserId;
  readonly why: 'disabled' | 'out-of-office' | 'gone';
  readonly at: Instant;
  readonly inPlace: Decider;
}

/** The changes that one decision covers. */
export interface Part {
  readonly tenantId: TenantId;
  readonly caseId: CaseId;
  readonly revision: number;
  readonly partId: string;
  /** `deviation`: it holds no changes; what its approval does stands in `deviation`. */
  readonly purpose: 'do' | 'undo' | 'amend' | 'deviation';
  readonly deviation?: Deviation;
  readonly title: string;
  readonly risk: Risk;
  readonly partHash: string;
  readonly changeKeys: readonly string[];
  readonly requirements: readonly Requirement[];
  /** Nothing of the part is applied before this. */
  readonly startsAt: Instant;
  /** Set once: when its steps were planned again and it began to run. */
  readonly startedAt?: Instant;
  /** It began late, because Latchkey was not there when it was due. */
  readonly lateThrough?: { readonly from: Instant; readonly to: Instant };
  /** Steps that could not be planned again when it began: what is new for them is not known yet. Tried again at `dueAt`. */
  readonly replan?: { readonly stepIds: readonly StepId[]; readonly dueAt: Instant };
}

/** One named person's (or, on silence, the clock's) decision on one part. Unique on case, requirement, round, person. */
export interface Decision {
  readonly tenantId: TenantId;
  readonly caseId: CaseId;
  readonly partId: string;
  readonly partHash: string;
  readonly requirementId: string;
  readonly round: number;
  /** An Entra user id, or `clock`. */
  readonly decidedBy: string;
  readonly outcome: 'approved' | 'rejected';
  readonly reason?: string;
  /** Why they may decide, as read at that moment: evidence. */
  readonly right: string;
  readonly decidedAt: Instant;
}
