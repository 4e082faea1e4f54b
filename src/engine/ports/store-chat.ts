import type { CaseId, TenantId, UserId } from '#domain/ids';
import type { Instant } from '#domain/instant';

/** How to reach a person or a channel; path and host of the serviceUrl kept exactly as Teams gave them. */
export interface Address {
  readonly tenantId: TenantId;
  readonly of:
    | { readonly kind: 'person'; readonly userId: UserId }
    | { readonly kind: 'channel'; readonly channelId: string };
  readonly serviceUrl: string;
  readonly conversationId: string;
  readonly botId?: string;
  readonly locale?: string;
  /** `blocked`: the person blocked the bot or an administrator disabled it; stop until they speak. */
  readonly state: 'active' | 'blocked' | 'removed';
  readonly seenAt: Instant;
  readonly welcomedAt?: Instant;
}

/** Which message shows a case to an audience, so that it can be edited in place. */
export interface SentCard {
  readonly caseId: CaseId;
  readonly audience: string;
  readonly slot: string;
  readonly serviceUrl: string;
  readonly conversationId: string;
  readonly activityId: string;
  /** SHA-256 of the card last shown there: an edit that changes nothing is not sent. */
  readonly cardHash: string;
  readonly sentAt: Instant;
}

/** What a person was last shown of a case's decisions: `approve <id>` approves that and nothing newer. */
export interface Shown {
  readonly caseId: CaseId;
  readonly userId: UserId;
  readonly partHashes: readonly string[];
  readonly shownAt: Instant;
}
