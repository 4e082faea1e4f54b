import type { BotContext } from '#bot/bot-context';
import type { UserId } from '#domain/ids';
import type { OutgoingCard } from '#engine/ports/chat';

/** Whom a house message is for: one person, or everybody who reads along in IT's channel. */
export type HouseAudience = { readonly kind: 'person'; readonly userId: UserId } | { readonly kind: 'channel' };

/** One kind of message about the firm, rendered from the state of the moment when it is sent; `undefined`: there is nothing to say any more. */
export type HouseCard = (bot: BotContext, id: string, audience: HouseAudience) => Promise<HouseMessage | undefined>;

export interface HouseMessage extends OutgoingCard {
  /** What is to be on the record once it was sent, such as that somebody was shown what they may decide. Harmless when done twice. */
  readonly whenSent?: () => Promise<void>;
}
