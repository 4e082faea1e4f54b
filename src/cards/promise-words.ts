import { markdown } from '#cards/escape-markdown';
import type { SiteTime } from '#cards/site-time';
import type { CaseState } from '#domain/case-state';
import { promiseDueAt, promiseStatus } from '#domain/promise';

/** How the same-day promise of a case stands; nothing where none was given or it was kept. Markdown. */
export function promiseWords(state: CaseState, time: SiteTime): readonly string[] {
  const { promise, cancelled } = state.record;
  if (!promise || cancelled) return [];
  const due = time.long(promiseDueAt(state, promise));
  switch (promiseStatus(promise)) {
    case 'on-time':
      return [markdown`Promised to be done by ${due}: on time.`];
    case 'at-risk':
      return [markdown`**May not be done by ${due}** as promised; IT was told.`];
    case 'missed':
      return [markdown`**Not done by ${due}** as promised; it goes on.`];
    case 'late':
      return [markdown`Done later than promised (${due}).`];
    case 'kept':
      return [];
  }
}
