import type { CardContext } from '#cards/card-context';
import { nameIn } from '#cards/decision-words';
import { markdown } from '#cards/escape-markdown';
import { type SiteTime, siteTime } from '#cards/site-time';
import type { Amendment } from '#domain/amendment';
import type { CaseState } from '#domain/case-state';
import { decisionsFor } from '#domain/part-status';

const mostAmendments = 3;

/** What was changed of the case since it was opened, the latest first; whose decision does not count any more is told so. Markdown. */
export function amendmentLines(state: CaseState, context: CardContext): readonly string[] {
  const { record, decisions, parts } = state;
  const { amendments = [] } = record;
  const time = siteTime(record.person, record.zone, context);
  const counting = parts.flatMap((part) => part.requirements.flatMap((r) => decisionsFor(part, r, decisions)));
  const last = decisions.filter((d) => d.decidedBy === context.viewer?.userId && !counting.includes(d)).at(-1);
  const before = (amendment: Amendment) => last !== undefined && last.decidedAt <= amendment.at;
  return [...amendments]
    .reverse()
    .slice(0, mostAmendments)
    .map((amendment) => {
      if (before(amendment)) {
        const verb = last?.outcome === 'rejected' ? 'rejected' : 'approved';
        return markdown`**Changed since you ${verb}:** ${changeWords(amendment, time)}`;
      }
      const by = amendment.by === context.viewer?.userId ? 'you' : nameIn(record, amendment.by, context);
      return markdown`**Changed** by ${by}, ${time.short(amendment.at)}: ${changeWords(amendment, time)}`;
    });
}

/** `last day Fri 20 Nov, 17:00 → Mon 23 Nov, 17:00`; plain text. */
function changeWords({ what, from = '', to = '' }: Amendment, time: SiteTime): string {
  switch (what) {
    case 'date':
      return `last day ${time.due(from)} → ${time.due(to)}`;
    case 'delegate':
      return `who gets the mailbox: ${from} → ${to}`;
    case 'manager':
      return `who decides on the hand-over: ${from} → ${to}`;
    case 'auto-reply':
      return 'the auto-reply is worded anew';
  }
}
