import { markdown } from '#cards/escape-markdown';
import type { SiteTime } from '#cards/site-time';
import type { CaseState } from '#domain/case-state';

/** Why a case came late, where that was Latchkey's own absence; else `undefined`. */
export function awayWords(state: CaseState, time: SiteTime): string | undefined {
  const late = state.parts.find((part) => part.lateThrough)?.lateThrough;
  if (!late) return undefined;
  return markdown`Latchkey was not running from ${time.due(late.from)} to ${time.due(late.to)}.`;
}
