import type { BotContext } from '#bot/bot-context';
import { caseTime } from '#bot/case-time';
import type { Delivery } from '#bot/deliver/deliver-to';
import { sendTextOnce } from '#bot/deliver/send-text-once';
import type { CaseState } from '#domain/case-state';
import { isAtOrAfter, msBetween } from '#domain/instant';
import type { Requirement } from '#domain/part';
import { knownPerson } from '#engine/availability';
import { decidableBy } from '#engine/decide-part';
import { loadCase } from '#engine/load-case';
import type { Chat } from '#engine/ports/chat';
import type { OutboxItem } from '#engine/ports/store';
import { siteOf } from '#engine/site-of';

/** A reminder that waits for the morning is looked at this often: it may have been decided, or the tenant's clock moved. */
const waitMs = 300_000;

/** `reminder:manager-decides:1795190400000.1` */
const slot = /^reminder:(?<requirementId>.+):\d+\.\d+$/;

export function isReminder({ kind }: OutboxItem): boolean {
  return slot.test(kind);
}

/**
 * One short text to one person, while the decision waits for them. Sent once: where it was sent is kept as with a card. People whose
 * quiet hours differ from those the reminder was timed by get it when theirs end, and not at all once the deadline has passed.
 */
export async function deliverReminder(bot: BotContext, chat: Chat, item: OutboxItem): Promise<Delivery> {
  const { engine } = bot;
  const requirementId = slot.exec(item.kind)?.groups?.['requirementId'];
  const state = item.caseId ? await loadCase(engine.store, engine.tenantId, item.caseId) : undefined;
  if (!state || !requirementId) return { kind: 'sent' };
  const key = `${state.record.caseId}/${item.audience}/${item.kind}`;
  if (await engine.store.get(engine.tenantId, 'sentCard', key)) return { kind: 'sent' };
  const userId = item.audience.slice('person/'.length);
  const waiting = (await decidableBy(engine, state, userId)).map(({ requirement }) => requirement);
  const requirement = waiting.find((r) => r.requirementId === requirementId);
  const now = engine.clock.tenantNow();
  if (!requirement || isAtOrAfter(now, requirement.dueAt)) return { kind: 'sent' };
  const quiet = await quietFor(bot, userId);
  if (quiet > 0) return { kind: 'later', at: engine.clock.machineNow() + Math.min(quiet, waitMs) };
  await sendTextOnce(bot, chat, item, state.record.caseId, reminderText(bot, state, requirement));
  return { kind: 'sent' };
}

/** Milliseconds until this person may be written to; 0: now. */
async function quietFor({ engine }: BotContext, userId: string): Promise<number> {
  const person = await knownPerson(engine, userId);
  if (!person) return 0;
  const now = engine.clock.tenantNow();
  const { quietHours } = engine.policy.decisions;
  return msBetween(now, engine.calendar.nextContact(now, siteOf(engine.policy, person), quietHours));
}

/** Names nobody: it stands in a preview on a phone. */
function reminderText({ engine }: BotContext, { record }: CaseState, { dueAt }: Requirement): string {
  const { caseId } = record;
  const due = caseTime(engine, record).long(dueAt);
  return `Case ${caseId} waits for your decision until ${due}. Type approve ${caseId}, or case ${caseId} to see it.`;
}
