import { acts } from '#bot/acts';
import { actKey } from '#bot/ask-to-confirm';
import type { BotContext, Sender } from '#bot/bot-context';
import { notice } from '#bot/notice';
import { viewCase } from '#bot/view-case';
import { houseChain } from '#domain/evidence';
import type { PendingAct } from '#domain/house';
import { isAtOrAfter, plusMs } from '#domain/instant';
import type { Engine } from '#engine/engine';
import type { Reply } from '#engine/ports/chat';
import type { Stored } from '#engine/ports/store';

const validMs = 24 * 3_600_000;

/** Does what this person was shown, once: a second click is answered with how things stand. */
export async function confirmAct(bot: BotContext, sender: Sender, actId: string): Promise<Reply> {
  const { engine } = bot;
  const stored = await engine.store.get(engine.tenantId, 'act', actKey(sender.userId, actId));
  if (!stored)
    return notice(
      'There is nothing to confirm any more',
      ['Nothing was changed. Type the command again.'],
      'attention',
    );
  const act = stored.body;
  if (act.doneAt) return done(bot, sender, act);
  if (isAtOrAfter(engine.clock.tenantNow(), plusMs(act.madeAt, validMs)))
    return notice(
      'That was asked more than a day ago',
      ['Nothing was changed: much may be different by now. Type the command again.'],
      'attention',
    );
  const handler = acts[act.verb];
  if (!handler)
    return notice('This button is from another version', ['Nothing was changed. Type the command again.'], 'attention');
  if (!(await mark(engine, stored, { ...act, doneAt: engine.clock.tenantNow() }))) return done(bot, sender, act);
  try {
    return await handler(bot, sender, act);
  } catch (error) {
    // Not done after all: the same click may be tried again.
    const marked = await engine.store.get(engine.tenantId, 'act', stored.key);
    if (marked) await mark(engine, marked, act);
    throw error;
  }
}

/** The latest act that waits for this person's word; none when there is nothing they could mean. */
export async function latestAct({ engine }: BotContext, sender: Sender): Promise<PendingAct | undefined> {
  const mine = await engine.store.list(engine.tenantId, 'act', { keyPrefix: actKey(sender.userId, '') });
  return mine
    .map(({ body }) => body)
    .sort((a, b) => a.madeAt.localeCompare(b.madeAt))
    .at(-1);
}

/** The question is put away. What was confirmed before stays done. */
export async function forgetAct(bot: BotContext, sender: Sender, actId: string): Promise<Reply> {
  const { engine } = bot;
  const stored = await engine.store.get(engine.tenantId, 'act', actKey(sender.userId, actId));
  if (stored?.body.doneAt) return done(bot, sender, stored.body);
  if (stored && !(await mark(engine, stored, null))) return forgetAct(bot, sender, actId);
  // The question may have taken the place of the case's card: that one is back.
  if (stored && stored.body.caseId !== houseChain) return viewCase(bot, sender, stored.body.caseId);
  return notice('Nothing was changed', ['The question is put away.']);
}

async function mark(engine: Engine, { key, version }: Stored<'act'>, body: PendingAct | null): Promise<boolean> {
  const write = { collection: 'act', key, expect: version, body } as const;
  const result = await engine.store.commit({ tenantId: engine.tenantId, state: [write], evidence: [], outbox: [] });
  return result.ok;
}

async function done(bot: BotContext, sender: Sender, act: PendingAct): Promise<Reply> {
  if (act.caseId !== houseChain) return viewCase(bot, sender, act.caseId);
  return notice('This was confirmed already', ['It is done once, however often it is confirmed.'], 'accent');
}
