import type { BotContext } from '#bot/bot-context';
import { sha256Hex } from '#domain/canonical';
import type { CaseId } from '#domain/ids';
import type { Chat } from '#engine/ports/chat';
import type { OutboxItem } from '#engine/ports/store';

/** One short text to one person about a case. Where it was sent is kept as with a card: a crash in between may repeat it, nothing else does. */
export async function sendTextOnce(
  { engine }: BotContext,
  chat: Chat,
  item: OutboxItem,
  caseId: CaseId,
  text: string,
): Promise<void> {
  const { audience, kind } = item;
  const key = `${caseId}/${audience}/${kind}`;
  if (await engine.store.get(engine.tenantId, 'sentCard', key)) return;
  const address = await chat.reach(engine.tenantId, audience.slice('person/'.length));
  const message = await chat.sendText(address, text);
  const sentAt = new Date(engine.clock.machineNow()).toISOString();
  const body = { caseId, audience, slot: kind, ...message, cardHash: sha256Hex(text), sentAt };
  const result = await engine.store.commit({
    tenantId: engine.tenantId,
    state: [{ collection: 'sentCard', key, caseId, body }],
    evidence: [],
    outbox: [],
  });
  if (!result.ok) throw new Error(`that ${key} was sent could not be kept: ${result.reason}`);
}
