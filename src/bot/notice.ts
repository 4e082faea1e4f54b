import { type NoticeTone, noticeCard, noticeSummary, noticeView } from '#cards/notice';
import type { Reply } from '#engine/ports/chat';

/** A short plain answer: a refusal, a stale click, something to know. Always a card, so that the same answer fits a click. */
export function notice(
  title: string,
  lines: readonly string[],
  tone: NoticeTone = 'default',
): Reply & { kind: 'card' } {
  const view = noticeView({ title, lines, tone });
  return { kind: 'card', card: noticeCard(view), summary: noticeSummary(view) };
}

/** The one answer for a case that does not exist and for one that this person may not know of. */
export function unknownCase(caseId: string): Reply & { kind: 'card' } {
  return notice(`There is no case ${caseId} for you`, ['Type cases to see the ones you take part in.'], 'attention');
}
