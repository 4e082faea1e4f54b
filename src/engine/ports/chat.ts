import type { TenantId, UserId } from '#domain/ids';
import type { Json } from '#domain/json';
import type { Address } from '#engine/ports/store-chat';

/** An Adaptive Card, expanded and checked. */
export type Card = { readonly [key: string]: Json | undefined };

export interface OutgoingCard {
  readonly card: Card;
  /** The toast and phone preview: says what it is about, names nobody where others may read it. */
  readonly summary: string;
}

export interface Place {
  readonly kind: 'personal' | 'groupChat' | 'channel';
  readonly serviceUrl: string;
  readonly conversationId: string;
  /** Channel id without the thread, where it is a channel. */
  readonly channelId?: string;
}

export interface Mention {
  readonly text: string;
  /** Entra object id where Teams gave one. */
  readonly userId?: UserId;
  readonly name?: string;
}

/** A person's message, with sender and tenant verified by the adapter, the bot's own mention removed. */
export interface InboundMessage {
  readonly kind: 'message';
  readonly tenantId: TenantId;
  readonly from: { readonly userId: UserId; readonly name?: string };
  readonly place: Place;
  readonly text: string;
  readonly mentions: readonly Mention[];
  readonly activityId: string;
  readonly locale?: string;
}

/** A click. Everything in `data` and `inputs` is the client's word: ids to look up, never authority. */
export interface InboundAction {
  readonly kind: 'action';
  readonly tenantId: TenantId;
  readonly from: { readonly userId: UserId; readonly name?: string };
  readonly place: Place;
  readonly verb: string;
  /** The `latchkey` object of the card's data: caseId, partHash, draftId … */
  readonly data: { readonly [key: string]: string | undefined };
  /** Input values by input id; toggles are 'true' / 'false'. */
  readonly inputs: { readonly [key: string]: string | undefined };
  readonly trigger: 'manual' | 'automatic';
  /** The message that carries the card, as the client says it. */
  readonly messageId?: string;
  readonly locale?: string;
}

/** The bot was installed for or removed from a person, chat or team. */
export interface InboundInstall {
  readonly kind: 'install';
  readonly action: 'add' | 'remove';
  readonly tenantId: TenantId;
  readonly from?: { readonly userId: UserId; readonly name?: string };
  readonly place: Place;
}

export type Inbound = InboundMessage | InboundAction | InboundInstall;

/** To a message: any number, in order. To an action: one, the answer to the click. */
export type Reply =
  | {
      readonly kind: 'card';
      readonly card: Card;
      readonly summary: string /** To the sender's own chat instead of where they wrote. */;
      readonly privately?: boolean;
    }
  | { readonly kind: 'text'; readonly text: string; readonly privately?: boolean }
  /** For actions only: shown as an error; the card stays as it is. */
  | { readonly kind: 'error'; readonly code: string; readonly message: string };

export type Router = (inbound: Inbound) => Promise<readonly Reply[]>;

/** Why a message did not arrive, as far as it decides what to do next. */
export type ChatFailureKind = 'retry' | 'gone' | 'blocked' | 'removed' | 'too-big' | 'misconfigured' | 'no-address';

export class ChatFailure extends Error {
  readonly kind: ChatFailureKind;
  readonly retryAfterMs?: number;

  constructor(message: string, kind: ChatFailureKind, options?: { cause?: unknown; retryAfterMs?: number }) {
    super(message, options);
    this.name = 'ChatFailure';
    this.kind = kind;
    if (options?.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
  }
}

export interface SentMessage {
  readonly serviceUrl: string;
  readonly conversationId: string;
  readonly activityId: string;
}

/** Sending into Teams. Throws `ChatFailure` and nothing else; a resolved promise means the connector took it. */
export interface Chat {
  /** Finds or makes the 1:1 conversation with a person; `no-address` when there is no way to them. */
  reach(tenantId: TenantId, userId: UserId): Promise<Address>;
  /** The channel's address: a stored one, or the configured IT channel. */
  reachChannel(tenantId: TenantId, channelId: string): Promise<Address>;
  send(address: Address, message: OutgoingCard): Promise<SentMessage>;
  sendText(address: Address, text: string): Promise<SentMessage>;
  /** `gone` when the message was deleted: send anew. */
  edit(sent: SentMessage, message: OutgoingCard): Promise<void>;
}
