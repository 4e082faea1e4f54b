import type { BotContext, Sender } from '#bot/bot-context';
import { caseTime } from '#bot/case-time';
import { notice, unknownCase } from '#bot/notice';
import { renderException, viewerOf } from '#bot/render-case';
import { takeUntil } from '#bot/take-until';
import { viewWish } from '#bot/view-case';
import type { CaseId } from '#domain/ids';
import { type AskedFor, askDeviation, type NotAsked, type Wish } from '#engine/ask-deviation';
import { seesAsWorker } from '#engine/exception-owner';
import { loadCase } from '#engine/load-case';
import type { Reply } from '#engine/ports/chat';
import { siteOf } from '#engine/site-of';

/** `typed`: a date and, behind it, the reason. `onCard`: the answer takes the exception card's place, so it is that card. */
export interface Wishing {
  readonly caseId: CaseId;
  readonly wish: Wish;
  readonly typed: string;
  readonly onCard?: boolean;
}

/** What the command would look like, for whoever left something out. */
const examples: Readonly<Record<Wish['kind'], (caseId: CaseId) => string>> = {
  waive: (caseId) => `waive ${caseId} until 20 Dec 2026 the vendor replaces it in December`,
  keep: (caseId) => `keep ${caseId} sign-in until 27 Nov 2026 the handover call is on Friday`,
  hold: (caseId) => `hold ${caseId} until 27 Nov 2026 the last day is being discussed`,
};

/** Puts a wish before those who sign it, and shows back what was understood: who, what, until when, and who signs. */
export async function wishOtherwise(bot: BotContext, sender: Sender, wishing: Wishing): Promise<Reply> {
  const { engine } = bot;
  const { caseId, wish } = wishing;
  const state = await loadCase(engine.store, engine.tenantId, caseId);
  if (!state || !seesAsWorker(engine, state, sender.userId, sender.roles)) return unknownCase(caseId);
  const { zone, person } = state.record;
  const where = { calendar: engine.calendar, site: siteOf(engine.policy, person), zone, now: engine.clock.tenantNow() };
  const until = takeUntil(wishing.typed, where);
  if (until.kind === 'unreadable')
    return refused(wishing, [
      until.typed === '' ? 'Until when?' : `“${until.typed}” is no date that I can read.`,
      `Every wish has an end and a reason: ${examples[wish.kind](caseId)}.`,
    ]);
  const asked = await askDeviation(engine, {
    caseId,
    userId: sender.userId,
    wish,
    until: until.at,
    reason: until.rest,
  });
  return answer(bot, sender, wishing, asked);
}

async function answer(bot: BotContext, sender: Sender, wishing: Wishing, asked: AskedFor): Promise<Reply> {
  const { engine } = bot;
  switch (asked.kind) {
    case 'asked':
    case 'already': {
      if (!wishing.onCard) return viewWish(bot, sender, asked.state, asked.part);
      const sees = seesAsWorker(engine, asked.state, sender.userId, sender.roles) ?? 'it';
      const rendered = await renderException(engine, asked.state, viewerOf(sender.userId, sees));
      return { kind: 'card', card: rendered.card, summary: rendered.summary };
    }
    case 'refused':
      return refused(wishing, sentences(bot, wishing, asked));
    case 'not-yours':
      return notice(
        'This is not yours to ask for',
        [
          'Nothing was changed. An exception is waived for those who work it; a case is held or kept for HR, the manager and IT.',
        ],
        'attention',
      );
    case 'unknown':
      return unknownCase(wishing.caseId);
  }
}

/** A card in answer to a click would take the place of the one whose button is to be chosen again. */
function refused({ onCard }: Wishing, lines: readonly string[]): Reply {
  if (onCard) return { kind: 'text', text: `Nothing was asked for yet. ${lines.join(' ')}` };
  return notice('Nothing was asked for yet', lines, 'attention');
}

function sentences(
  { engine }: BotContext,
  { caseId, wish }: Wishing,
  { state, because }: AskedFor & { kind: 'refused' },
): readonly string[] {
  switch (because.why) {
    case 'no-reason':
      return ['Please say why: whoever signs reads it.', `For example: ${examples[wish.kind](caseId)}.`];
    case 'past':
      return ['That time has passed already. Choose an end that lies ahead; write the year if it is another one.'];
    case 'too-long':
      return [`The rules allow ${because.days} days at most. Choose an earlier end; it can be asked for again then.`];
    case 'which':
      return [
        `Several exceptions of case ${caseId} are open. Put the number behind the case id.`,
        ...because.open.map((e) => `${e.exceptionId}: ${e.title}`),
      ];
    default:
      return [
        otherSentence(
          because,
          state.record.person.displayName,
          caseTime(engine, state.record).long(state.record.effectiveAt),
        ),
      ];
  }
}

function otherSentence(because: NotAsked, name: string, effective: string): string {
  switch (because.why) {
    case 'nothing-open':
      return 'Nothing is open there that could be waived.';
    case 'a-decision':
      return 'That one ends by itself when somebody decides; it cannot be waived.';
    case 'being-worked':
      return 'Somebody is working on it right now. Look at the card in a moment.';
    case 'over':
      return 'The case is over; there is nothing left to put off.';
    case 'not-planned':
      return 'The case is still being planned. Please try again in a minute.';
    case 'not-keepable':
      return `I can keep these: ${because.words.map(({ word }) => word).join(', ')}. For everything at once, use hold.`;
    case 'nothing-there':
      return `Nothing of that kind is planned for ${name}, so nothing would be kept: ${because.keepable.word}.`;
    case 'begun':
      return `That has begun or is done already (it was due ${effective}); it cannot be kept any more.`;
    default:
      return 'It could not be asked for.';
  }
}
