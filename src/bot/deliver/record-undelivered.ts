import type { BotContext } from '#bot/bot-context';
import type { CaseState } from '#domain/case-state';
import { isDeviation } from '#domain/deviation-part';
import type { Part, Requirement } from '#domain/part';
import { openRequirements } from '#domain/part-status';
import { decisionsWaiting } from '#engine/decisions-waiting';
import { readPerson } from '#engine/directory';
import { evidenceEntry } from '#engine/evidence-entry';
import { touchCase } from '#engine/keys';
import { loadCase } from '#engine/load-case';
import { exceptionNumbers, newException, openExceptions } from '#engine/open-exception';
import type { ChatFailure } from '#engine/ports/chat';
import type { OutboxItem } from '#engine/ports/store';

/**
 * A card that cannot be delivered does not count as asked. Where a decision waits for that person it becomes an exception with an
 * owner; a summary that could not be shown is on the record and nothing more.
 */
export async function recordUndelivered(bot: BotContext, item: OutboxItem, failure: ChatFailure): Promise<void> {
  if (item.caseId) await caseUndelivered(bot, { ...item, caseId: item.caseId }, failure);
  else if (item.kind === 'digest') await listUndelivered(bot, item, failure);
}

async function caseUndelivered(
  bot: BotContext,
  item: OutboxItem & { readonly caseId: string },
  failure: ChatFailure,
): Promise<void> {
  const { engine } = bot;
  for (;;) {
    const state = await loadCase(engine.store, engine.tenantId, item.caseId);
    if (!state) return;
    const waiting = decisionsWaitingFor(state, item.audience).filter(({ part }) => isAskedBy(item.kind, part));
    const [first] = waiting;
    const userId = item.audience.startsWith('person/') ? item.audience.slice('person/'.length) : undefined;
    const opened =
      first && userId ? await asException(bot, state, first, userId, failure) : { state: [], evidence: [], outbox: [] };
    const undelivered = await evidenceEntry(engine, {
      caseId: item.caseId,
      type: 'message.undelivered',
      actor: { kind: 'clock' },
      data: { audience: item.audience, kind: item.kind, why: failure.kind },
    });
    const touched = opened.state.length > 0 ? [touchCase(state)] : [];
    const result = await engine.store.commit({
      tenantId: engine.tenantId,
      ...opened,
      state: [...touched, ...opened.state],
      evidence: [undelivered, ...opened.evidence],
    });
    if (result.ok) return;
  }
}

/** A list that cannot be delivered asked for nothing that stands in it. */
async function listUndelivered(bot: BotContext, item: OutboxItem, failure: ChatFailure): Promise<void> {
  const userId = item.audience.slice('person/'.length);
  for (const { state } of await decisionsWaiting(bot.engine, userId))
    await recordUndelivered(bot, { ...item, kind: 'decision', caseId: state.record.caseId }, failure);
}

/** The plan's decisions stand on one card, a wish that others sign on one of its own. */
function isAskedBy(kind: string, part: Part): boolean {
  return isDeviation(part) ? kind === `deviation:${part.partId}` : kind === 'decision';
}

interface Waiting {
  readonly part: Part;
  readonly requirement: Requirement;
}

function decisionsWaitingFor(state: CaseState, audience: string): readonly Waiting[] {
  const userId = audience.slice('person/'.length);
  return state.parts.flatMap((part) =>
    openRequirements(part, state.decisions)
      .filter((r) => r.of.some((d) => (d.kind === 'person' ? d.userId === userId : !d.except.includes(userId))))
      .map((requirement) => ({ part, requirement })),
  );
}

async function asException(
  bot: BotContext,
  state: CaseState,
  { part, requirement }: Waiting,
  userId: string,
  failure: ChatFailure,
) {
  const { engine } = bot;
  const changeKey = `decision:${part.partHash}/${requirement.requirementId}`;
  if (state.exceptions.some((e) => e.changeKey === changeKey && e.resolution === undefined))
    return { state: [], evidence: [], outbox: [] };
  const person = await readPerson(engine.graph, userId);
  const name = person?.displayName ?? 'Somebody who has to decide';
  const exception = newException(engine, state.record, exceptionNumbers(state)(), {
    changeKey,
    code: `latchkey.${failure.kind}`,
    title: `${name} could not be asked: ${part.title}`,
    saw: whatWasSeen(name, failure),
    advice: `Ask ${name} to open a chat with Latchkey and type approvals, or install the app for them in the Teams admin centre. It closes by itself once somebody decides.`,
  });
  return openExceptions(engine, state.record, [exception]);
}

function whatWasSeen(name: string, failure: ChatFailure): string {
  switch (failure.kind) {
    case 'blocked':
      return `${name} has blocked the bot, or an administrator has.`;
    case 'removed':
      return `Latchkey is no longer installed for ${name}.`;
    case 'no-address':
      return `${name} has never spoken to Latchkey, and Latchkey is not installed for them.`;
    default:
      return `The card for ${name} was turned away: ${failure.message}`;
  }
}
