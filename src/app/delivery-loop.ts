import type { BotContext } from '#bot/bot-context';
import { deliverOutbox } from '#bot/deliver/deliver-outbox';
import type { Chat } from '#engine/ports/chat';

/** How long an empty outbox is left alone: what a person sees lags the journal by at most this, and the edit pacing. */
const idleMs = 150;
const afterErrorMs = 2_000;

/** Sends from the outbox until the signal aborts. */
export async function runDelivery(
  bot: BotContext,
  chat: Chat,
  signal: AbortSignal,
  handled: (count: number) => void,
): Promise<void> {
  const { clock, report } = bot.engine;
  while (!signal.aborted) {
    try {
      const count = await deliverOutbox(bot, chat);
      if (count > 0) handled(count);
      else await clock.wait(idleMs, signal);
    } catch (error) {
      report('taking messages from the outbox', error);
      await clock.wait(afterErrorMs, signal);
    }
  }
}
