import { cardContext } from '#bot/card-context';
import { type SiteTime, siteTime } from '#cards/site-time';
import type { CaseRecord } from '#domain/case';
import type { Engine } from '#engine/engine';

/** Times in a sentence about a case, as its cards write them. */
export function caseTime(engine: Engine, record: CaseRecord): SiteTime {
  return siteTime(record.person, record.zone, cardContext(engine, record.kind));
}
