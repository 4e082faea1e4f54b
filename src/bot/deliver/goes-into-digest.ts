import type { BotContext } from '#bot/bot-context';
import type { UserId } from '#domain/ids';
import type { Part } from '#domain/part';
import { decisionHash } from '#engine/decide-part';
import { couldWait, decisionsWaiting } from '#engine/decisions-waiting';
import { digestDay, digestMade, digestMessage, lastDigestDay } from '#engine/digest';
import type { Engine } from '#engine/engine';
import type { OutboxItem } from '#engine/ports/store';

/**
 * Whether a person gets no card of their own for a decision, because it stands in their list: so many wait for them, or the list has
 * shown it. Whatever their list shows is brought up to date.
 */
export async function goesIntoDigest(
  { engine }: BotContext,
  item: OutboxItem,
  asks: readonly Part[],
  hasCard: boolean,
): Promise<boolean> {
  const userId = item.audience.slice('person/'.length);
  const last = await lastDigestDay(engine, userId);
  const isNew = !hasCard && asks.length > 0;
  const inList =
    isNew && ((await wasListed(engine, userId, item.caseId, decisionHash(asks))) || (await manyWait(engine, userId)));
  const today = inList ? await digestDay(engine, userId) : last;
  const days = [...new Set([last, today])].filter((date) => date !== undefined);
  if (days.length > 0) {
    const result = await engine.store.commit({
      tenantId: engine.tenantId,
      state: today !== undefined && today !== last ? [digestMade(engine, userId, today)] : [],
      evidence: [],
      outbox: days.map((date) => digestMessage(userId, date)),
    });
    if (!result.ok) throw new Error(`the list of ${userId} could not be sent: ${result.reason}`);
  }
  return inList;
}

async function manyWait(engine: Engine, userId: UserId): Promise<boolean> {
  const { digestFrom } = engine.policy.decisions;
  return (await couldWait(engine, digestFrom)) && (await decisionsWaiting(engine, userId)).length >= digestFrom;
}

async function wasListed(engine: Engine, userId: UserId, caseId: string | undefined, hash: string): Promise<boolean> {
  const lists = await engine.store.list(engine.tenantId, 'digest', { keyPrefix: `${userId}/` });
  return lists.some(({ body }) => body.rows.some((row) => row.caseId === caseId && row.hash === hash));
}
