import type { BotContext, Sender } from '#bot/bot-context';
import type { PendingAct } from '#domain/house';
import type { Reply } from '#engine/ports/chat';

/** Does what was confirmed. Whether the person may is decided here again, at this moment: much may have changed since they were asked. */
export type Act = (bot: BotContext, sender: Sender, act: PendingAct) => Promise<Reply>;
