import type { CaseId, UserId } from '#domain/ids';
import type { Instant } from '#domain/instant';
import type { Role } from '#domain/part';
import type { ValueDifference } from '#domain/value-differences';

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

/** What became due while Latchkey was not there: a part that was to begin, a decision's deadline, a look after closure, an exception's due time. */
export interface Missed {
  readonly caseId: CaseId;
  readonly what: 'start' | 'decision' | 'look' | 'exception';
  /** The part, `<partId>/<requirementId>`, or the exception; empty for a look. */
  readonly id: string;
  readonly dueAt: Instant;
}

/** A time in which Latchkey was not there; told to IT until all of it has caught up. Key: `from`. */
export interface Outage {
  readonly from: Instant;
  readonly to: Instant;
  readonly missed: readonly Missed[];
}

/**
 * The rules by which cases are decided: those in force, and a changed file that somebody has yet to sign. Key: `in-force` or
 * `proposed`; a proposal that was decided or taken back stays under its `proposalId`; `unusable`: a file that cannot be read.
 */
export interface PolicyVersion {
  /** SHA-256 of the policy's canonical JSON; of the text, where that cannot be read. */
  readonly hash: string;
  /** The policy file's text, which is what is read again. */
  readonly text: string;
  readonly seenAt: Instant;
  /** None: it was taken as it was, see `adopted`. */
  readonly signedBy?: UserId;
  readonly signedAt?: Instant;
  /** Why the signer may, as read at that moment. */
  readonly right?: string;
  /** Without a signature: there were no rules before, or this version of Latchkey could not read them. */
  readonly adopted?: 'first-start' | 'upgrade';
  readonly rejected?: { readonly by: UserId; readonly at: Instant; readonly reason: string };
  /** Of a proposal: what differs from the rules it would replace, as people are shown it. */
  readonly differences?: readonly PolicyDifference[];
  /** Of a proposal: the hash of the rules it would replace. */
  readonly replaces?: string;
  /** The file was changed again before anybody decided. */
  readonly withdrawnAt?: Instant;
  /** What is wrong with a file that cannot be used: sentences with their lines. */
  readonly problem?: string;
}

export interface PolicyDifference extends ValueDifference {
  /** What the setting does, from the policy's schema. */
  readonly about?: string;
}

/** Each time a file is put before people is a proposal of its own: the same rules proposed again are a new question. */
export function proposalId({ hash, seenAt }: Pick<PolicyVersion, 'hash' | 'seenAt'>): string {
  return `${hash}/${seenAt}`;
}

/** What a person was shown to decide in one card: the click refers to it, so that the card need not carry it. Key: digest id, `<userId>/<hash>`. */
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
