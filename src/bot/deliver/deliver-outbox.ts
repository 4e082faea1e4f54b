import type { BotContext } from '#bot/bot-context';
import { deliverAgain, isAgain } from '#bot/deliver/deliver-again';
import { deliverHouse } from '#bot/deliver/deliver-house';
import { deliverQuestion, isQuestion } from '#bot/deliver/deliver-question';
import { deliverReminder, isReminder } from '#bot/deliver/deliver-reminder';
import { type Delivery, deliverTo } from '#bot/deliver/deliver-to';
import { expandAudience } from '#bot/deliver/expand-audience';
import { recordUndelivered } from '#bot/deliver/record-undelivered';
import { installForPerson } from '#engine/install-for-person';
import { type Chat, ChatFailure } from '#engine/ports/chat';
import type { OutboxItem } from '#engine/ports/store';

const holdMs = 60_000;
const atOnce = 8;
const firstRetryMs = 1_000;
const longestRetryMs = 300_000;
/** After this many tries in vain a person is told; the message goes on being tried. */
const mostAttempts = 12;
/** How often the bot installs itself and tries once more before it gives up on somebody. */
const meetAttempts = 3;
const afterMeetingMs = 10_000;

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
  if (item.caseId === undefined) return deliverHouse(bot, chat, item);
  if (item.audience.startsWith('role/')) {
    await expandAudience(bot, item);
    return { kind: 'sent' };
  }
  if (isQuestion(item)) return deliverQuestion(bot, chat, item);
  if (isAgain(item)) {
    await deliverAgain(bot, chat, item);
    return { kind: 'sent' };
  }
  return isReminder(item) ? deliverReminder(bot, chat, item) : deliverTo(bot, chat, item);
}

/**
 * What can get better is tried again, slower each time, and put on the record once it has taken long; what cannot is put on the
 * record where a person will see it, and ends. Somebody whom the bot has never met is met first, where that is permitted.
 */
async function afterFailure(bot: BotContext, item: OutboxItem, error: unknown): Promise<void> {
  const { store, clock, report } = bot.engine;
  const failure = asChatFailure(error);
  const final = ['blocked', 'removed', 'no-address', 'too-big'].includes(failure.kind);
  if (!final) report(`sending ${item.key}`, error);
  if (final && item.attempt <= meetAttempts && (await meet(bot, item, failure))) {
    return store.settleOutbox(item, { kind: 'retry', retryAt: clock.machineNow() + afterMeetingMs });
  }
  if (final || item.attempt === mostAttempts) await recordUndelivered(bot, item, failure);
  if (final) return store.settleOutbox(item, { kind: 'drop' });
  const wait = failure.retryAfterMs ?? Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(item.attempt, 8));
  await store.settleOutbox(item, { kind: 'retry', retryAt: clock.machineNow() + wait });
}

function asChatFailure(error: unknown): ChatFailure {
  if (error instanceof ChatFailure) return error;
  return new ChatFailure(error instanceof Error ? error.message : String(error), 'retry', { cause: error });
}

/** Installs the bot for whom it has no way to yet; Teams tells of the new conversation moments later. */
async function meet(bot: BotContext, item: OutboxItem, failure: ChatFailure): Promise<boolean> {
  const unknown = failure.kind === 'no-address' || failure.kind === 'removed';
  if (!unknown || !bot.teamsAppId || !item.audience.startsWith('person/')) return false;
  try {
    return await installForPerson(bot.engine.graph, bot.teamsAppId, item.audience.slice('person/'.length));
  } catch (error) {
    bot.engine.report(`installing Latchkey for ${item.audience}`, error);
    return false;
  }
}
