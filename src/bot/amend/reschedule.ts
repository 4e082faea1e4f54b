import type { Act } from '#bot/act';
import { answerAmended } from '#bot/amend/answer-amended';
import { openForChange } from '#bot/amend/open-for-change';
import { voidedBy } from '#bot/amend/voided-by';
import { askToConfirm } from '#bot/ask-to-confirm';
import type { BotContext, Sender } from '#bot/bot-context';
import { caseTime } from '#bot/case-time';
import { notice } from '#bot/notice';
import { parseWhen } from '#bot/parse-when';
import type { CaseRecord } from '#domain/case';
import type { CaseId } from '#domain/ids';
import { type Instant, isAtOrAfter } from '#domain/instant';
import type { Engine } from '#engine/engine';
import { lastDayFault } from '#engine/last-day';
import type { Reply } from '#engine/ports/chat';

interface Moment {
  readonly at: Instant;
  readonly immediate: boolean;
}

/** Shows the old moment and the new one, and what is asked again because of it; `typed`: a date, perhaps with a time, or `now`. */
export async function proposeReschedule(
  bot: BotContext,
  sender: Sender,
  caseId: CaseId,
  typed: string,
): Promise<Reply> {
  const opened = await openForChange(bot, sender, caseId, 'date');
  if ('reply' in opened) return opened.reply;
  const { engine } = bot;
  const { record } = opened.state;
  const moment = momentOf(engine, record, typed);
  if ('fault' in moment) return notice(`Case ${caseId} stays as it is`, [moment.fault], 'attention');
  const time = caseTime(engine, record);
  if (moment.at === record.effectiveAt && moment.immediate === record.immediate)
    return notice(
      `Case ${caseId} is set for that already`,
      [`Access ends ${time.long(record.effectiveAt)}.`],
      'accent',
    );
  const isPast = !moment.immediate && isAtOrAfter(engine.clock.tenantNow(), moment.at);
  return askToConfirm(bot, sender, {
    caseId,
    verb: 'reschedule',
    values: { at: moment.immediate ? 'now' : moment.at },
    title: `Move the last day of ${record.person.displayName}?`,
    facts: [
      { title: 'Who', value: record.person.displayName },
      { title: 'Until now', value: record.immediate ? 'Now' : time.long(record.effectiveAt) },
      { title: 'From now on', value: moment.immediate ? 'Now' : time.long(moment.at) },
    ],
    consequences: [
      ...(moment.immediate ? [nowWords(engine)] : []),
      ...(isPast ? ['That moment is over: access closes at once when you confirm.'] : []),
      'Your Confirm counts as HR’s word for the new time. The plan is made again for it.',
      ...(await voidedBy(engine, opened.state)),
    ],
    grave: moment.immediate || isPast,
  });
}

function nowWords(engine: Engine): string {
  return engine.policy.leaver.nowNeedsSecondHr
    ? 'Access ends as soon as a second person in HR approves.'
    : 'Access ends at once when you confirm.';
}

function momentOf(engine: Engine, record: CaseRecord, typed: string): Moment | { readonly fault: string } {
  const now = engine.clock.tenantNow();
  const parsed = parseWhen(typed.replace(/^(to|on)\s+/i, ''), record.zone, now);
  if (parsed.kind === 'now') return { at: now, immediate: true };
  const before = engine.calendar.toLocal(record.effectiveAt, record.zone);
  const { date, time = before.time } = parsed.kind === 'at' ? parsed.local : {};
  const at = date ? engine.calendar.toInstant({ date, time }, record.zone) : undefined;
  if (!at)
    return {
      fault: `“${typed}” is no date I can read. Write it like reschedule ${record.caseId} 23 Nov 2026 17:00; without a time it stays at ${before.time}.`,
    };
  const fault = lastDayFault(engine.policy, now, at);
  return fault ? { fault } : { at, immediate: false };
}

export const reschedule: Act = async (bot, sender, { caseId, values }) => {
  const { at } = values;
  const immediate = at === 'now';
  return answerAmended(bot, sender, caseId, {
    kind: 'date',
    at: immediate || at === undefined ? bot.engine.clock.tenantNow() : at,
    immediate,
  });
};
