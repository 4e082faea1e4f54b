import type { CardContext } from '#cards/card-context';
import { markdown } from '#cards/escape-markdown';
import type { SiteTime } from '#cards/site-time';
import type { CaseState } from '#domain/case-state';
import { isAtOrAfter } from '#domain/instant';

const most = 4;

/** What a case that follows another is there for, and when. Markdown. */
export function followWords(state: CaseState, context: CardContext, time: SiteTime): string {
  const { record } = state;
  const what = state.changes.map(({ stepId, change }) => context.describe(stepId, change).will);
  const more = what.length > most ? [`and ${what.length - most} more`] : [];
  const list = [...what.slice(0, most), ...more].join(', ');
  const named = list === '' ? 'What was put off' : list;
  const when = isAtOrAfter(context.now, record.effectiveAt) ? 'was due' : 'is due';
  return markdown`Follows case ${record.follows ?? ''}. ${named}: ${when} **${time.long(record.effectiveAt)}**.`;
}
