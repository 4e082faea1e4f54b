import type { CardContext } from '#cards/card-context';
import { nameIn } from '#cards/decision-words';
import { markdown } from '#cards/escape-markdown';
import type { SiteTime } from '#cards/site-time';
import type { CaseRecord } from '#domain/case';

/** Who called a case off, when and why; nothing where nobody did. Only what has not begun is called off. Markdown. */
export function cancelledWords(record: CaseRecord, context: CardContext, time: SiteTime): readonly string[] {
  const { cancelled } = record;
  if (!cancelled) return [];
  const who = nameIn(record, cancelled.by, context);
  return [
    markdown`**Cancelled** by ${who}, ${time.long(cancelled.at)}: ${cancelled.reason}`,
    'Nothing was changed, and nothing will be.',
  ];
}
