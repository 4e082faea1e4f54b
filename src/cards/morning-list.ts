import type { CardContext } from '#cards/card-context';
import { buttonData, type CardData } from '#cards/card-data';
import type { Band, TextColour } from '#cards/card-heading';
import { escapeMarkdown, markdown } from '#cards/escape-markdown';
import { expandTemplate } from '#cards/expand-template';
import { plural } from '#cards/plural';
import { siteTime } from '#cards/site-time';
import type { CaseRecord } from '#domain/case';
import type { StepId } from '#domain/ids';
import type { Card } from '#engine/ports/chat';
import type { Step } from '#engine/step';
import template from '../../cards/morning-list.json' with { type: 'json' };

export interface MorningRow {
  readonly caseId: string;
  readonly name: string;
  readonly lines: readonly string[];
  readonly state: string;
  readonly colour: TextColour;
  readonly data: CardData;
}

export interface MorningListView {
  readonly title: string;
  readonly subtitle: string;
  readonly state: string;
  readonly stateColour: TextColour;
  readonly band: Band;
  readonly rows: readonly MorningRow[];
  readonly overdueTitle: readonly string[];
  readonly overdue: readonly MorningRow[];
  readonly note: readonly string[];
  readonly steps: readonly { readonly number: string; readonly text: string }[];
  readonly fallbackText: string;
  readonly summary: string;
}

export interface MorningList {
  /** `Fri 20 Nov 2026` */
  readonly day: string;
  readonly today: readonly CaseRecord[];
  readonly overdue: readonly CaseRecord[];
  /** The steps of an ordinary leaver in their order. */
  readonly steps: readonly Pick<Step, 'byHand'>[];
  /** Of any step of the workflow, for follow-ups, which have their own. */
  readonly byHandOf: (stepId: StepId) => string | undefined;
  /** Sent later than the rules say, because Latchkey was not running then. */
  readonly late?: { readonly sentAt: string; readonly wantedAt: string };
}

const mostRows = 25;

/** Who leaves on a day, and how to do it by hand should Latchkey be down. */
export function morningListView(list: MorningList, context: CardContext): MorningListView {
  const { today, overdue, steps } = list;
  const shown = [...today, ...overdue].slice(0, mostRows);
  const more = today.length + overdue.length - shown.length;
  const count = leavers(today.length);
  return {
    title: 'Who leaves today',
    subtitle: escapeMarkdown(list.day),
    state: count,
    stateColour: overdue.length > 0 ? 'Attention' : 'Default',
    band: bandOf(list),
    rows: shown.filter((record) => today.includes(record)).map((record) => rowOf(record, list, context)),
    overdueTitle: overdue.length > 0 ? ['From earlier days, and not proved closed'] : [],
    overdue: shown.filter((record) => overdue.includes(record)).map((record) => rowOf(record, list, context)),
    note: more > 0 ? [`and ${plural(more, 'more case')}. Type cases to see them.`] : [],
    steps: steps.map(({ byHand }, index) => ({ number: `${index + 1}`, text: escapeMarkdown(byHand, 300) })),
    fallbackText: `${list.day}: ${count}${overdue.length > 0 ? `, ${overdue.length} overdue` : ''}. Type 'cases' to see them.`,
    summary: `Who leaves today: ${count}`,
  };
}

function leavers(count: number): string {
  return count === 0 ? 'nobody today' : plural(count, 'leaver');
}

function bandOf({ today, overdue, late }: MorningList): Band {
  const told = 'Latchkey closes each at the time given. **Should it be down then, do it by hand**, in the order below.';
  return {
    style: overdue.length > 0 ? 'attention' : 'accent',
    lines: [
      ...(today.length > 0 ? [told] : []),
      ...(overdue.length > 0
        ? [`**${plural(overdue.length, 'leaver')} of earlier days** should have been closed.`]
        : []),
      ...(late ? [markdown`Sent at ${late.sentAt}: Latchkey was not running at ${late.wantedAt}.`] : []),
    ],
  };
}

function rowOf(record: CaseRecord, { byHandOf }: MorningList, context: CardContext): MorningRow {
  const time = siteTime(record.person, record.zone, context);
  const closed = record.milestones.accessClosedAt;
  const { follows, onlySteps = [] } = record;
  const only = onlySteps.map((stepId) => byHandOf(stepId) ?? stepId);
  const verb = follows ? 'due' : 'access ends';
  return {
    caseId: record.caseId,
    name: escapeMarkdown(record.person.displayName, 60),
    lines: [
      closed
        ? markdown`access closed ${time.due(closed)} (${time.site})`
        : markdown`${verb} ${time.due(record.effectiveAt)} (${time.site})`,
      ...(follows ? [markdown`follows ${follows}; only: ${only.join('; ')}`] : []),
    ],
    state: closed ? 'Closed' : 'To do',
    colour: closed ? 'Default' : 'Accent',
    data: buttonData('show-case', { caseId: record.caseId }).data,
  };
}

/** Names nobody: it may be shown as a notification while somebody looks on. */
export function morningListSummary(view: MorningListView): string {
  return view.summary;
}

/** Each row opens its case (verb show-case). */
export function morningListCard(view: MorningListView): Card {
  return expandTemplate('morning-list', template, view);
}
