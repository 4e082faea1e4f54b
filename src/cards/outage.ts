import type { CardContext } from '#cards/card-context';
import { buttonData, type CardData } from '#cards/card-data';
import type { Band, TextColour } from '#cards/card-heading';
import { escapeMarkdown, markdown } from '#cards/escape-markdown';
import { expandTemplate } from '#cards/expand-template';
import { lengthWords } from '#cards/length-words';
import { plural } from '#cards/plural';
import { type SiteTime, siteTime } from '#cards/site-time';
import { type Instant, msBetween } from '#domain/instant';
import type { MissedNow } from '#engine/house/outage';
import { isCaughtUp } from '#engine/house/standing-of';
import type { Card } from '#engine/ports/chat';
import template from '../../cards/outage.json' with { type: 'json' };

export interface OutageRow {
  readonly caseId: string;
  readonly name: string;
  readonly lines: readonly string[];
  readonly state: string;
  readonly colour: TextColour;
  readonly data: CardData;
}

export interface OutageView {
  readonly title: string;
  readonly state: string;
  readonly stateColour: TextColour;
  readonly band: Band;
  readonly rows: readonly OutageRow[];
  readonly note: readonly string[];
  readonly fallbackText: string;
  readonly summary: string;
}

const mostRows = 25;

/** That Latchkey was not there, what became due meanwhile and how it stands with each now. `rows`: what this audience may know of. */
export function outageView(
  { from, to }: { readonly from: Instant; readonly to: Instant },
  rows: readonly MissedNow[],
  context: CardContext,
): OutageView {
  const { zone, time } = houseTime(context);
  const away = lengthWords(msBetween(from, to));
  const ids = [...new Set(rows.map(({ missed }) => missed.caseId))];
  const cases = ids.map((caseId) => rows.filter(({ missed }) => missed.caseId === caseId));
  const open = cases.filter((of) => !of.every(({ standing }) => isCaughtUp(standing))).length;
  const fromText = context.calendar.longText(from, zone);
  const toText = context.calendar.longText(to, zone);
  const more = cases.length - mostRows;
  return {
    title: `Latchkey was away for ${away}`,
    state: open > 0 ? 'Catching up' : 'Caught up',
    stateColour: open > 0 ? 'Attention' : 'Default',
    band: {
      style: open > 0 ? 'attention' : 'emphasis',
      lines: [markdown`From **${fromText}** to **${toText}** (${time.site}).`, dueWords(cases.length, open)],
    },
    rows: cases.slice(0, mostRows).map((of) => rowOf(of, context)),
    note: more > 0 ? [`and ${plural(more, 'more case')}. Type cases to see them.`] : [],
    fallbackText: `Latchkey was away from ${fromText} to ${toText} (${time.site}). Type 'cases' to see where each case stands.`,
    summary: `Latchkey was away for ${away}`,
  };
}

function houseTime(context: CardContext): { readonly zone: string; readonly time: SiteTime } {
  const { sites, defaultSite } = context.policy;
  const zone = sites.find(({ name }) => name === defaultSite)?.zone ?? 'UTC';
  return { zone, time: siteTime({ officeLocation: defaultSite }, zone, context) };
}

function dueWords(cases: number, open: number): string {
  // The same words whether nothing became due or nothing that may be told here: who is left out must not show.
  if (cases === 0) return 'There is nothing to catch up with here.';
  const became = `${plural(cases, 'case')} became due meanwhile`;
  if (open === 0) return `${became}. Nothing was left out; all of it has caught up.`;
  return `${became}. Nothing is left out: the longest due goes first. **${open} still to catch up.**`;
}

function rowOf(of: readonly MissedNow[], context: CardContext): OutageRow {
  const [first] = of;
  if (!first) throw new Error('a case without anything that was missed');
  const { record } = first.state;
  const time = siteTime(record.person, record.zone, context);
  const waits = of.some(({ standing }) => standing.kind === 'waits');
  const caughtUp = of.every(({ standing }) => isCaughtUp(standing));
  return {
    caseId: record.caseId,
    name: escapeMarkdown(record.person.displayName, 60),
    lines: of.map((item) => lineOf(item, time)),
    state: caughtUp ? 'Caught up' : waits ? 'Waits' : 'Running',
    colour: caughtUp ? 'Default' : waits ? 'Attention' : 'Accent',
    data: buttonData('show-case', { caseId: record.caseId }).data,
  };
}

function lineOf(item: MissedNow, time: SiteTime): string {
  const { missed } = item;
  return markdown`${nameOf(item)}: was due ${time.due(missed.dueAt)} (${time.site}), ${standingWords(item, time)}`;
}

function nameOf({ missed, state }: MissedNow): string {
  switch (missed.what) {
    case 'look':
      return 'Look after closure';
    case 'exception':
      return state.exceptions.find(({ exceptionId }) => exceptionId === missed.id)?.title ?? 'Exception';
    case 'start':
      return titleOf(state.parts, missed.id);
    case 'decision':
      return `Decision on ${titleOf(state.parts, missed.id.split('/')[0] ?? '')}`;
  }
}

function titleOf(parts: MissedNow['state']['parts'], partId: string): string {
  return parts.find((part) => part.partId === partId)?.title ?? partId;
}

function standingWords({ missed, standing }: MissedNow, time: SiteTime): string {
  switch (standing.kind) {
    case 'done':
      return standing.at
        ? `done ${time.due(standing.at)}, ${lengthWords(msBetween(missed.dueAt, standing.at))} late`
        : 'done';
    case 'dropped':
      return { cancelled: 'cancelled', rejected: 'rejected: it does not happen', changed: 'planned anew since' }[
        standing.why
      ];
    case 'running':
      return 'running now';
    case 'waits':
      return `waits for ${standing.for}`;
  }
}

/** Names nobody: it may be shown as a notification while somebody looks on. */
export function outageSummary(view: OutageView): string {
  return view.summary;
}

/** Each row opens its case (verb show-case). */
export function outageCard(view: OutageView): Card {
  return expandTemplate('outage', template, view);
}
