import type { BotContext } from '#bot/bot-context';
import type { Delivery } from '#bot/deliver/deliver-to';
import type { HouseAudience } from '#bot/house/house-card';
import { houseCards } from '#bot/house/house-cards';
import { sha256Hex } from '#domain/canonical';
import type { Role } from '#domain/part';
import { membersOfRole } from '#engine/directory';
import { type HouseSlot, houseMessage } from '#engine/keys';
import { type Chat, ChatFailure, type OutgoingCard, type SentMessage } from '#engine/ports/chat';
import type { OutboxItem } from '#engine/ports/store';

/** As whose case the store keeps where house messages were sent. */
const house = 'house';

/** Shows what concerns the firm to one audience; a message that is there is edited. `role/it` means its channel, where there is one. */
export async function deliverHouse(bot: BotContext, chat: Chat, item: OutboxItem): Promise<Delivery> {
  const slot = item.kind as HouseSlot;
  const id = idOf(item);
  if (item.audience.startsWith('role/')) return passOn(bot, item.audience.slice('role/'.length) as Role, slot, id);
  const message = await houseCards[slot]?.(bot, id, audienceOf(item.audience));
  if (!message) return { kind: 'sent' };
  const { store, tenantId } = bot.engine;
  const key = `${house}/${item.audience}/${slot}/${id}`;
  const before = await store.get(tenantId, 'sentCard', key);
  const cardHash = sha256Hex(JSON.stringify(message.card));
  if (before?.body.cardHash === cardHash) return { kind: 'sent' };
  const sent = (before && (await edited(chat, before.body, message))) ?? (await sendNew(bot, chat, item, message));
  await message.whenSent?.();
  const sentAt = new Date(bot.engine.clock.machineNow()).toISOString();
  const body = { caseId: house, audience: item.audience, slot, ...sent, cardHash, sentAt };
  const kept = await store.commit({
    tenantId,
    state: [{ collection: 'sentCard', key, body }],
    evidence: [],
    outbox: [],
  });
  if (!kept.ok) throw new Error(`where ${key} was sent could not be kept: ${kept.reason}`);
  return { kind: 'sent' };
}

function idOf({ payload }: OutboxItem): string {
  const id = typeof payload === 'object' && payload !== null && 'id' in payload ? payload['id'] : undefined;
  if (typeof id !== 'string') throw new Error('a house message says what it is about');
  return id;
}

function audienceOf(audience: string): HouseAudience {
  return audience.startsWith('channel/')
    ? { kind: 'channel' }
    : { kind: 'person', userId: audience.slice('person/'.length) };
}

async function passOn(bot: BotContext, role: Role, slot: HouseSlot, id: string): Promise<Delivery> {
  const { engine } = bot;
  const toChannel = role === 'it' && bot.itChannelId !== undefined;
  const people = toChannel ? [] : await membersOfRole(engine.graph, engine.policy, role);
  const audiences = toChannel ? [`channel/${bot.itChannelId}`] : people.map(({ userId }) => `person/${userId}`);
  const result = await engine.store.commit({
    tenantId: engine.tenantId,
    state: [],
    evidence: [],
    outbox: audiences.map((audience) => houseMessage(audience, slot, id)),
  });
  if (!result.ok) throw new Error(`${slot} ${id} could not be passed on: ${result.reason}`);
  return { kind: 'sent' };
}

async function edited(
  chat: Chat,
  { serviceUrl, conversationId, activityId }: SentMessage,
  message: OutgoingCard,
): Promise<SentMessage | undefined> {
  const sent = { serviceUrl, conversationId, activityId };
  try {
    await chat.edit(sent, message);
    return sent;
  } catch (error) {
    if (error instanceof ChatFailure && error.kind === 'gone') return undefined;
    throw error;
  }
}

async function sendNew(bot: BotContext, chat: Chat, item: OutboxItem, message: OutgoingCard): Promise<SentMessage> {
  const { tenantId } = bot.engine;
  const address = item.audience.startsWith('channel/')
    ? await chat.reachChannel(tenantId, item.audience.slice('channel/'.length))
    : await chat.reach(tenantId, item.audience.slice('person/'.length));
  return chat.send(address, message);
}
