import type { BotContext } from '#bot/bot-context';
import { cardContext } from '#bot/card-context';
import type { HouseCard, HouseMessage } from '#bot/house/house-card';
import { recordShown } from '#bot/record-shown';
import { digestCard, digestSummary, digestView } from '#cards/digest';
import type { UserId } from '#domain/ids';
import { decisionsWaiting, type WaitingDecision } from '#engine/decisions-waiting';
import { digestOf, keepDigest, lastDigestDay, mostListed } from '#engine/digest';
import type { Engine } from '#engine/engine';
import type { OutgoingCard } from '#engine/ports/chat';

/** Everything that waits for one person's decision, in one message a day. */
export const digest: HouseCard = async (bot, id, audience) => {
  const [userId = '', date = ''] = id.split('/');
  if (audience.kind !== 'person' || audience.userId !== userId) return undefined;
  const { store, tenantId } = bot.engine;
  const wasSent = (await store.get(tenantId, 'sentCard', `house/person/${userId}/digest/${id}`)) !== undefined;
  if (((await lastDigestDay(bot.engine, userId)) ?? date) > date)
    return wasSent ? drawn(bot, userId, [], { superseded: true }) : undefined;
  const waiting = await decisionsWaiting(bot.engine, userId);
  // Decided before it was sent: no reason to write to them.
  if (waiting.length === 0 && !wasSent) return undefined;
  return digestFor(bot, userId, waiting, 'sent');
};

/** The list as it stands; what it shows is kept, and on the record as shown once it was sent. */
export async function digestFor(
  bot: BotContext,
  userId: UserId,
  waiting: readonly WaitingDecision[],
  how: 'sent' | 'asked for',
  said: readonly string[] = [],
): Promise<HouseMessage> {
  const message = await drawn(bot, userId, waiting, { said });
  return { ...message, whenSent: () => recordListed(bot.engine, userId, waiting.slice(0, mostListed), message, how) };
}

async function drawn(
  { engine }: BotContext,
  userId: UserId,
  waiting: readonly WaitingDecision[],
  more: { readonly said?: readonly string[]; readonly superseded?: boolean },
): Promise<OutgoingCard> {
  const listed = waiting.slice(0, mostListed);
  const kept = digestOf(engine, userId, listed);
  // Before anybody can click on it.
  if (listed.length > 0) await keepDigest(engine, kept);
  const view = digestView(
    { digestId: kept.digestId, listed, more: waiting.length - listed.length, ...more },
    ({ state }) => cardContext(engine, state.record.kind),
  );
  return { card: digestCard(view), summary: digestSummary(view) };
}

/** A line is all there is to what is routine; what wants reading counts as shown only once it was opened. */
async function recordListed(
  engine: Engine,
  userId: UserId,
  listed: readonly WaitingDecision[],
  message: OutgoingCard,
  how: 'sent' | 'asked for',
): Promise<void> {
  for (const { state, parts, wantsReading, opened } of listed)
    if (!wantsReading && !opened) await recordShown(engine, state, userId, { ...message, asks: parts }, how);
}
