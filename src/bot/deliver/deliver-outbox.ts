import type { BotContext } from '#bot/bot-context';
import { type Delivery, deliverTo } from '#bot/deliver/deliver-to';
import { expandAudience } from '#bot/deliver/expand-audience';
import { recordUndelivered } from '#bot/deliver/record-undelivered';
import { type Chat, ChatFailure } from '#engine/ports/chat';
import type { OutboxItem } from '#engine/ports/store';

const holdMs = 60_000;
const atOnce = 8;
const firstRetryMs = 1_000;
const longestRetryMs = 300_000;
/** After this many tries a message that was always turned away is put before a person instead. */
const mostAttempts = 12;

/**
 * Sends what the outbox holds, each message rendered from the state of this moment. Answers how many it handled; 0: nothing may be
 * sent now. A message is settled only after the connector took it: a crash in between sends it again, never loses it.
 */
export async function deliverOutbox(bot: BotContext, chat: Chat): Promise<number> {
  const { engine } = bot;
  const items = await engine.store.takeOutbox(engine.tenantId, engine.clock.machineNow(), holdMs, atOnce);
  await Promise.all(items.map((item) => deliverOne(bot, chat, item)));
  return items.length;
}

async function deliverOne(bot: BotContext, chat: Chat, item: OutboxItem): Promise<void> {
  const { store } = bot.engine;
  try {
    const delivery = await attemptDelivery(bot, chat, item);
    if (delivery.kind === 'later') return await store.settleOutbox(item, { kind: 'retry', retryAt: delivery.at });
    await store.settleOutbox(item, { kind: 'sent' });
  } catch (error) {
    await afterFailure(bot, item, error);
  }
}

async function attemptDelivery(bot: BotContext, chat: Chat, item: OutboxItem): Promise<Delivery> {
  if (item.audience.startsWith('role/')) {
    await expandAudience(bot, item);
    return { kind: 'sent' };
  }
  return deliverTo(bot, chat, item);
}

/** What can get better is tried again, slower each time; what cannot is put on the record where a person will see it. */
async function afterFailure(bot: BotContext, item: OutboxItem, error: unknown): Promise<void> {
  const { store, clock, report } = bot.engine;
  const failure = error instanceof ChatFailure ? error : undefined;
  const final = failure !== undefined && ['blocked', 'removed', 'no-address', 'too-big'].includes(failure.kind);
  if (!final) report(`sending ${item.key}`, error);
  if ((final || item.attempt >= mostAttempts) && failure) {
    await recordUndelivered(bot, item, failure);
    return store.settleOutbox(item, { kind: 'drop' });
  }
  const wait = failure?.retryAfterMs ?? Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(item.attempt, 8));
  await store.settleOutbox(item, { kind: 'retry', retryAt: clock.machineNow() + wait });
}
