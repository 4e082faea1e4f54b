import type { BotContext } from '#bot/bot-context';
import { againMessages } from '#bot/deliver/deliver-again';
import { goesIntoDigest } from '#bot/deliver/goes-into-digest';
import { recordShown } from '#bot/record-shown';
import {
  type Rendered,
  renderCompleted,
  renderDecision,
  renderDeviation,
  renderException,
  renderProgress,
  viewerOf,
} from '#bot/render-case';
import { wantsNewPlan } from '#domain/amendment';
import { sha256Hex } from '#domain/canonical';
import { type CaseState, openExceptions } from '#domain/case-state';
import { deviationStatus, deviationsOf, isDeviation } from '#domain/deviation-part';
import { decidableBy } from '#engine/decide-part';
import { rolesOf } from '#engine/directory';
import { seesAsWorker } from '#engine/exception-owner';
import { loadCase } from '#engine/load-case';
import { isSubject, seesAs } from '#engine/may-see';
import { type Chat, ChatFailure, type OutgoingCard } from '#engine/ports/chat';
import type { OutboxItem, OutboxMessage } from '#engine/ports/store';
import type { SentCard } from '#engine/ports/store-chat';

export type Delivery = { readonly kind: 'sent' } | { readonly kind: 'later'; readonly at: number };

/**
 * Shows one case to one audience: the message that is there is edited, the first one is sent. Edits of one message keep the
 * policy's distance; an edit that would change nothing is left out.
 */
export async function deliverTo(bot: BotContext, chat: Chat, item: OutboxItem): Promise<Delivery> {
  const { engine } = bot;
  const state = item.caseId ? await loadCase(engine.store, engine.tenantId, item.caseId) : undefined;
  if (!state) return { kind: 'sent' };
  const rendered = await renderFor(bot, state, item);
  if (!rendered) return { kind: 'sent' };
  const key = `${state.record.caseId}/${item.audience}/${item.kind}`;
  const before = await engine.store.get(engine.tenantId, 'sentCard', key);
  if (item.kind === 'decision' && (await goesIntoDigest(bot, item, rendered.asks, before !== undefined)))
    return { kind: 'sent' };
  if (!before) {
    // Whoever was not asked in time has nothing to do: news of somebody else's decision is no reason to write to them.
    if (rendered.asks.length === 0 && (item.kind === 'decision' || isOldNews(state, item))) return { kind: 'sent' };
    // A summary is only ever an edit of a card that is on record: a crash between sending and recording must not leave two.
    const first = item.kind === 'completed' ? await renderBirth(bot, state, item, rendered) : rendered;
    await sendNew(bot, chat, item, state, first);
    return first === rendered ? { kind: 'sent' } : deliverTo(bot, chat, item);
  }
  return editSent(bot, chat, item, state, before.body, rendered);
}

/** A wish that waits for others, unless its asker learns what came of it; an exception card on which nothing is open. */
function isOldNews(state: CaseState, item: OutboxItem): boolean {
  if (item.kind === 'exception') return openExceptions(state).length === 0;
  const wish = deviationsOf(state).find(({ partId }) => item.kind === `deviation:${partId}`);
  if (!wish) return false;
  const waits = ['waiting', 'signed'].includes(deviationStatus(wish, state.decisions));
  return waits || item.audience !== `person/${wish.deviation.askedBy}`;
}

const newlySent = 'completed';

async function editSent(
  bot: BotContext,
  chat: Chat,
  item: OutboxItem,
  state: CaseState,
  sent: SentCard,
  rendered: Rendered,
): Promise<Delivery> {
  const { engine } = bot;
  const cardHash = hashOf(rendered);
  if (sent.cardHash === cardHash) return { kind: 'sent' };
  const nextAt = Date.parse(sent.sentAt) + engine.policy.cards.editGapMs;
  const now = engine.clock.machineNow();
  if (now < nextAt && item.kind !== newlySent) return { kind: 'later', at: nextAt };
  try {
    await chat.edit(
      { serviceUrl: sent.serviceUrl, conversationId: sent.conversationId, activityId: sent.activityId },
      rendered,
    );
  } catch (error) {
    if (!(error instanceof ChatFailure) || error.kind !== 'gone') throw error;
    await sendNew(bot, chat, item, state, rendered);
    return { kind: 'sent' };
  }
  const again = await againMessages(bot, item, rendered.asks);
  await remember(bot, item, state, { ...sent, cardHash, sentAt: machineInstant(now) }, rendered, again);
  return { kind: 'sent' };
}

async function sendNew(
  bot: BotContext,
  chat: Chat,
  item: OutboxItem,
  state: CaseState,
  rendered: Rendered,
): Promise<void> {
  const { engine } = bot;
  const address = item.audience.startsWith('channel/')
    ? await chat.reachChannel(engine.tenantId, item.audience.slice('channel/'.length))
    : await chat.reach(engine.tenantId, item.audience.slice('person/'.length));
  const message = await chat.send(address, rendered);
  const { caseId } = state.record;
  const sent = {
    caseId,
    audience: item.audience,
    slot: item.kind,
    ...message,
    cardHash: hashOf(rendered),
    sentAt: machineInstant(engine.clock.machineNow()),
  };
  await remember(bot, item, state, sent, rendered);
}

async function remember(
  bot: BotContext,
  item: OutboxItem,
  state: CaseState,
  sent: SentCard,
  rendered: Rendered,
  outbox: readonly OutboxMessage[] = [],
): Promise<void> {
  const { engine } = bot;
  const { caseId } = state.record;
  const key = `${caseId}/${item.audience}/${item.kind}`;
  const result = await engine.store.commit({
    tenantId: engine.tenantId,
    state: [{ collection: 'sentCard', key, caseId, body: sent }],
    evidence: [],
    outbox,
  });
  if (!result.ok) throw new Error(`where ${key} was sent could not be kept: ${result.reason}`);
  if (item.audience.startsWith('person/') && rendered.asks.length > 0) {
    await recordShown(engine, state, item.audience.slice('person/'.length), rendered, 'sent');
  }
}

async function renderFor(bot: BotContext, state: CaseState, item: OutboxItem): Promise<Rendered | undefined> {
  const { engine } = bot;
  if (item.audience.startsWith('channel/'))
    return item.kind === 'exception' ? renderException(engine, state) : undefined;
  const userId = item.audience.slice('person/'.length);
  if (item.kind.startsWith('deviation:')) return renderWish(bot, state, item, userId);
  const asks = (await decidableBy(engine, state, userId)).filter(({ part }) => !isDeviation(part));
  const sees =
    seesAsWorker(engine, state, userId, await rolesOf(engine.graph, engine.policy, userId)) ??
    (asks.length > 0 || (await wasAsked(bot, state, item, userId)) ? 'manager' : undefined);
  if (!sees) return undefined;
  const viewer = viewerOf(userId, sees);
  switch (item.kind) {
    case 'decision':
      return !wantsNewPlan(state.record) && (asks.length > 0 || !state.parts.some((part) => part.startedAt))
        ? renderDecision(engine, state, viewer, asks)
        : renderProgress(engine, state, viewer);
    case 'completed':
      return renderCompleted(engine, state, viewer);
    case 'exception':
      return renderException(engine, state, viewer);
    default:
      return renderProgress(engine, state, viewer);
  }
}

/** For whoever signs it, whoever asked, and whoever has the card: they see what came of it. */
async function renderWish(
  bot: BotContext,
  state: CaseState,
  item: OutboxItem,
  userId: string,
): Promise<Rendered | undefined> {
  const { engine } = bot;
  const part = deviationsOf(state).find(({ partId }) => item.kind === `deviation:${partId}`);
  if (!part || isSubject(state.record, userId)) return undefined;
  const mayDecide = (await decidableBy(engine, state, userId)).some((d) => d.part.partId === part.partId);
  const sees = seesAsWorker(engine, state, userId, await rolesOf(engine.graph, engine.policy, userId));
  if (!sees && !mayDecide && !(await wasAsked(bot, state, item, userId))) return undefined;
  return renderDeviation(engine, state, viewerOf(userId, sees ?? 'manager'), part, mayDecide);
}

/** Who was asked and need not decide any more holds a card with buttons: it shows how things stand instead. */
async function wasAsked({ engine }: BotContext, { record }: CaseState, item: OutboxItem, userId: string) {
  const asked = item.kind === 'decision' || item.kind.startsWith('deviation:');
  if (!asked || isSubject(record, userId)) return false;
  const key = `${record.caseId}/${item.audience}/${item.kind}`;
  return (await engine.store.get(engine.tenantId, 'sentCard', key)) !== undefined;
}

/** What the summary's message shows for the instant until it is edited: the same case's progress, under the summary's toast. */
async function renderBirth(
  bot: BotContext,
  state: CaseState,
  item: OutboxItem,
  completed: OutgoingCard,
): Promise<Rendered> {
  const userId = item.audience.slice('person/'.length);
  const sees =
    seesAs(state.record, bot.engine, userId, await rolesOf(bot.engine.graph, bot.engine.policy, userId)) ?? 'manager';
  const progress = await renderProgress(bot.engine, state, viewerOf(userId, sees));
  return { ...progress, summary: completed.summary };
}

function hashOf({ card }: OutgoingCard): string {
  return sha256Hex(JSON.stringify(card));
}

function machineInstant(ms: number): string {
  return new Date(ms).toISOString();
}
