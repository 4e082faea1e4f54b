import type { CaseId, UserId } from '#domain/ids';
import type { Instant } from '#domain/instant';
import type { Role } from '#domain/part';

/** Somebody lets another decide in their place until a day. Key: the user who is away. */
export interface Delegation {
  readonly from: UserId;
  readonly to: UserId;
  readonly until: Instant;
  readonly at: Instant;
}

/** Who was seen in a deciding group, and since when: a newcomer decides nothing elevated for a while. Key: the role. */
export interface Membership {
  readonly role: Role;
  readonly members: readonly { readonly userId: UserId; readonly since: Instant }[];
  readonly readAt: Instant;
}

/** That Latchkey was there, written again and again: a gap is an outage. Key: `pulse`. */
export interface Pulse {
  readonly tenantAt: Instant;
  /** Epoch ms of the machine. */
  readonly machineAt: number;
  /** The last time it was not there. */
  readonly outage?: { readonly from: Instant; readonly to: Instant };
}

/** The rules by which cases are decided: those in force, and a changed file that somebody has yet to sign. Key: `in-force` or `proposed`. */
export interface PolicyVersion {
  /** SHA-256 of the policy's canonical JSON. */
  readonly hash: string;
  /** The policy file's text, which is what is read again. */
  readonly text: string;
  readonly seenAt: Instant;
  /** None: it was there when Latchkey first started. */
  readonly signedBy?: UserId;
  readonly signedAt?: Instant;
  readonly rejected?: { readonly by: UserId; readonly at: Instant; readonly reason: string };
}

/** What a person was shown to decide in one card: the click refers to it, so that the card need not carry it. Key: digest id. */
export interface Digest {
  readonly digestId: string;
  readonly userId: UserId;
  readonly rows: readonly { readonly caseId: CaseId; readonly hash: string }[];
  readonly shownAt: Instant;
}

/** A command that was shown back and waits for its Confirm. Key: `<userId>/<actId>`; `caseId` is `house` where it is about no single case. */
export interface PendingAct {
  readonly actId: string;
  readonly caseId: CaseId;
  readonly userId: UserId;
  readonly verb: string;
  readonly values: { readonly [key: string]: string };
  readonly madeAt: Instant;
  readonly doneAt?: Instant;
}
