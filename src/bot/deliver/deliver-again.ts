import type { BotContext } from '#bot/bot-context';
import { sendTextOnce } from '#bot/deliver/send-text-once';
import { sha256Hex } from '#domain/canonical';
import { isDeviation } from '#domain/deviation-part';
import type { Part } from '#domain/part';
import { decidableBy } from '#engine/decide-part';
import { caseMessage } from '#engine/keys';
import { loadCase } from '#engine/load-case';
import type { Chat } from '#engine/ports/chat';
import type { OutboxItem, OutboxMessage } from '#engine/ports/store';

export function isAgain({ kind }: OutboxItem): boolean {
  return kind.startsWith('again:');
}

/**
 * Teams tells nobody that a card was edited. Where an edited card asks what its reader was not asked before, one short text goes
 * beside it: one for each new thing to decide, however often the card is edited.
 */
export async function againMessages(
  { engine }: BotContext,
  { audience, caseId, kind }: OutboxItem,
  asks: readonly Part[],
): Promise<readonly OutboxMessage[]> {
  if (kind !== 'decision' || !caseId || !audience.startsWith('person/') || asks.length === 0) return [];
  const shown = await engine.store.get(engine.tenantId, 'shown', `${caseId}/${audience.slice('person/'.length)}`);
  const fresh = asks.map(({ partHash }) => partHash).filter((hash) => !shown?.body.partHashes.includes(hash));
  if (fresh.length === 0) return [];
  const id = sha256Hex(fresh.sort().join(',')).slice(0, 16);
  return [caseMessage(caseId, audience, `again:${id}`)];
}

/** Nothing is said to whom nothing waits for any more. Names nobody: it stands in a preview on a phone. */
export async function deliverAgain(bot: BotContext, chat: Chat, item: OutboxItem): Promise<void> {
  const { engine } = bot;
  const state = item.caseId ? await loadCase(engine.store, engine.tenantId, item.caseId) : undefined;
  if (!state) return;
  const userId = item.audience.slice('person/'.length);
  // Whoever changed it themselves has it before them.
  if (state.record.amendments?.at(-1)?.by === userId) return;
  const waiting = await decidableBy(engine, state, userId);
  if (waiting.every(({ part }) => isDeviation(part))) return;
  const { caseId } = state.record;
  const text = `Case ${caseId} waits for your decision anew. Type case ${caseId} to see why.`;
  await sendTextOnce(bot, chat, item, caseId, text);
}
