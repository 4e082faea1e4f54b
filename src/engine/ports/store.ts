import type { Actor } from '#domain/actor';
import type { CaseRecord } from '#domain/case';
import type { ChangeRecord } from '#domain/change';
import type { Draft } from '#domain/draft';
import type { CaseException } from '#domain/exception';
import type { Delegation, Digest, Membership, Outage, PendingAct, PolicyVersion, Pulse } from '#domain/house';
import type { CaseId, TenantId } from '#domain/ids';
import type { Instant } from '#domain/instant';
import type { Json } from '#domain/json';
import type { Decision, Part } from '#domain/part';
import type { Question } from '#domain/question';
import type { Address, SentCard, Shown } from '#engine/ports/store-chat';
import type { Sealed } from '#engine/ports/vault';

/** What is kept, by collection. A document's key is unique within (tenant, collection). */
export interface Collections {
  /** key: caseId */
  case: CaseRecord;
  /** key: `<caseId>/<revision>/<partId>` */
  part: Part;
  /** key: `<caseId>/<revision>/<change key>` */
  change: ChangeRecord;
  /** key: `<caseId>/<partHash>/<requirementId>/<round>/<decidedBy>`: the key is what makes a second click harmless */
  decision: Decision;
  /** key: `<caseId>/<exceptionId>` */
  exception: CaseException;
  /** key: `<kind>/<subjectId>`: one open case per subject and kind; deleted when the case closes */
  openCase: { readonly caseId: CaseId };
  /** key: draft id */
  draft: Draft;
  /** key: `<caseId>/<audience>/<slot>`: which message shows what */
  sentCard: SentCard;
  /** key: `<caseId>/<userId>`: what a person was last shown */
  shown: Shown;
  /** key: `person/<userId>` or `channel/<channelId>` */
  address: Address;
  /** key: `<caseId>/<questionId>` */
  question: Question;
  /** key: user id of whoever is away */
  delegation: Delegation;
  /** key: role */
  membership: Membership;
  /** key: `pulse` */
  pulse: Pulse;
  /** key: when it began */
  outage: Outage;
  /** key: `in-force`, `proposed`, `unusable`, or the id of a proposal that was decided */
  policyVersion: PolicyVersion;
  /** key: digest id */
  digest: Digest;
  /** key: `<userId>/<actId>`: only its owner finds it */
  act: PendingAct;
  /** key: `<duty>/<what it was done for>`, such as `morning/2026-11-20`: what is done once is not done again */
  done: { readonly at: Instant };
  /** key: name of the counter, e.g. `case/leaver` */
  counter: { readonly value: number };
  /** key: `<caseId>/<personId>`; destroying it erases the person */
  sealingSalt: { readonly salt: string };
}

export type Collection = keyof Collections;

export interface Stored<C extends Collection> {
  readonly key: string;
  readonly version: number;
  readonly body: Collections[C];
}

/** One document to write. `expect`: the version it must have now; 0: it must not exist; undefined: whatever it is. */
export type Write = {
  [C in Collection]: {
    readonly collection: C;
    readonly key: string;
    /** Lets `list` find it by case; need not be repeated when it is written again. */
    readonly caseId?: CaseId;
    readonly expect?: number;
    /** null deletes. */
    readonly body: Collections[C] | null;
  };
}[Collection];

/** One row to be chained. `data` holds nothing personal; personal fields come sealed. */
export interface EvidenceEntry {
  /** A case id, or `house`. */
  readonly chain: string;
  /** Past participle with its noun: `change.applied`, `part.approved`, `case.opened`. */
  readonly type: string;
  readonly at: Instant;
  readonly actor: Actor;
  readonly data: { readonly [key: string]: Json };
  readonly personal?: Sealed;
}

export interface EvidenceRow {
  readonly chain: string;
  readonly seq: number;
  /** Lower-case hex SHA-256 of `line` and one LF. */
  readonly hash: string;
  /** The canonical JSON that was hashed. */
  readonly line: string;
  readonly box?: string;
}

export interface ChainHead {
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
}

/**
 * What to say, not how: rendered from the state of the moment when it is sent, the latest wins. `key` is unique per message slot;
 * enqueuing the same key again makes it newer.
 */
export interface OutboxMessage {
  readonly key: string;
  /** `person/<userId>` or `channel/<channelId>`. */
  readonly audience: string;
  /** Which card or text: `case`, `decision`, `exception`, `completed`, `notice`. */
  readonly kind: string;
  readonly caseId?: CaseId;
  /** Only what cannot be read from state: ids, never names or secrets. */
  readonly payload?: Json;
}

export interface OutboxItem extends OutboxMessage {
  readonly tenantId: TenantId;
  readonly version: number;
  readonly attempt: number;
  /** Fence for `settleOutbox`. */
  readonly token: string;
}

/** The right to run one case, for a while. Every write of the run carries it. */
export interface Lease {
  readonly tenantId: TenantId;
  readonly caseId: CaseId;
  readonly owner: string;
  readonly epoch: number;
  /** machineNow at which it ends. */
  readonly until: number;
}

export interface Wake {
  readonly caseId: CaseId;
  /** tenantNow at which the case wants to be looked at; undefined: not by itself. */
  readonly dueAt: Instant | undefined;
  /**
   * `sooner` only moves the due time forward (a click); `set` replaces it (the runner, at the end of a run). What somebody else asked
   * for since the runner claimed the case is not put off by the runner's `set`.
   */
  readonly mode: 'sooner' | 'set';
}

export interface Commit {
  readonly tenantId: TenantId;
  /** With a lease: refused when the epoch moved on or the lease ended by `machineNow`. */
  readonly lease?: { readonly lease: Lease; readonly machineNow: number };
  readonly state: readonly Write[];
  readonly evidence: readonly EvidenceEntry[];
  readonly outbox: readonly OutboxMessage[];
  /** A natural key of the event that caused this; refused as `duplicate` when it was taken in before. */
  readonly inbox?: { readonly source: string; readonly externalId: string };
  readonly wake?: readonly Wake[];
}

export type CommitResult =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: 'conflict' | 'fenced' | 'duplicate';
      /** `<collection>/<key>` of the document, the case id of the lease, or `<source>/<externalId>` of the event. */
      readonly key?: string;
    };

export interface ListWhere {
  readonly caseId?: CaseId;
  readonly keyPrefix?: string;
}

/**
 * State, evidence and outgoing messages in one transaction. Asynchronous, on SQLite and PostgreSQL alike. Throws when the
 * database cannot be written or read; then nothing of the commit has happened.
 */
export interface Store {
  commit(commit: Commit): Promise<CommitResult>;
  get<C extends Collection>(tenantId: TenantId, collection: C, key: string): Promise<Stored<C> | undefined>;
  list<C extends Collection>(tenantId: TenantId, collection: C, where?: ListWhere): Promise<readonly Stored<C>[]>;

  /** Takes the due case (dueAt <= tenantNow, no live lease) that has waited longest, if any. */
  claimCase(
    tenantId: TenantId,
    owner: string,
    tenantNow: Instant,
    machineNow: number,
    leaseMs: number,
  ): Promise<Lease | undefined>;
  renewLease(lease: Lease, machineNow: number, leaseMs: number): Promise<Lease | undefined>;
  releaseLease(lease: Lease): Promise<void>;
  /**
   * The next due time of the cases that nobody holds, for the worker's wait. A case whose holder died is not counted: it is found by
   * claiming, once its lease has ended.
   */
  nextCaseDueAt(tenantId: TenantId): Promise<Instant | undefined>;

  /** Takes messages that may be sent now, oldest first; they stay taken until settled or until `holdMs` passed. */
  takeOutbox(tenantId: TenantId, machineNow: number, holdMs: number, limit: number): Promise<readonly OutboxItem[]>;
  /** `sent`: done unless a newer version came meanwhile. `retryAt` (machine ms): try again then. `drop`: given up, on the record elsewhere. */
  settleOutbox(
    item: OutboxItem,
    how: { readonly kind: 'sent' } | { readonly kind: 'retry'; readonly retryAt: number } | { readonly kind: 'drop' },
  ): Promise<void>;

  /** The oldest messages that are neither sent nor dropped, oldest first, each by a mark of its own that is never used again. */
  waitingOutbox(tenantId: TenantId, limit: number): Promise<readonly string[]>;

  chain(tenantId: TenantId, chain: string): Promise<readonly EvidenceRow[]>;
  /** All chains, one snapshot, sorted by chain name. */
  heads(tenantId: TenantId): Promise<readonly ChainHead[]>;
  tenants(): Promise<readonly TenantId[]>;
  /** Whether a small write goes through: what `/readyz` asks. */
  probe(): Promise<void>;
  close(): Promise<void>;
}
