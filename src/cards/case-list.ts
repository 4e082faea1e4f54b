import { cameBackAt } from '#cards/came-back-words';
import type { CardContext } from '#cards/card-context';
import { buttonData, type CardData } from '#cards/card-data';
import type { TextColour } from '#cards/card-heading';
import { askedOf } from '#cards/decision-words';
import { escapeMarkdown, markdown } from '#cards/escape-markdown';
import { expandTemplate } from '#cards/expand-template';
import { siteTime } from '#cards/site-time';
import { statusWords } from '#cards/status-words';
import type { CaseState } from '#domain/case-state';
import type { Card } from '#engine/ports/chat';
import template from '../../cards/case-list.json' with { type: 'json' };

interface CaseRow {
  readonly caseId: string;
  readonly name: string;
  readonly when: string;
  readonly state: string;
  readonly colour: TextColour;
  readonly data: CardData;
}

export interface CaseListView {
  readonly title: string;
  readonly note: readonly string[];
  readonly rows: readonly CaseRow[];
  readonly fallbackText: string;
  readonly summary: string;
}

const mostRows = 15;

const words = {
  cases: { title: 'Cases', empty: 'There is no case that you may see.', one: 'case' },
  approvals: { title: 'Your decisions', empty: 'Nothing waits for your decision.', one: 'decision' },
} as const;

/** The answer to `cases` and to `approvals`; `states` are those that the reader may see (or has to decide), most urgent first. */
export function caseListView(
  kind: 'cases' | 'approvals',
  states: readonly CaseState[],
  context: CardContext,
): CaseListView {
  const { title, empty, one } = words[kind];
  const more = states.length - mostRows;
  const note =
    states.length === 0 ? [empty] : more > 0 ? [`and ${more} more. Type case and the id to see one of them.`] : [];
  const count = states.length === 1 ? `1 ${one}` : `${states.length} ${one}s`;
  return {
    title: states.length === 0 ? title : `${title}: ${states.length}`,
    note,
    rows: states.slice(0, mostRows).map((state) => rowOf(kind, state, context)),
    fallbackText:
      states.length === 0
        ? empty
        : `${count}: ${states
            .slice(0, mostRows)
            .map((state) => state.record.caseId)
            .join(', ')}. Type case and the id to see one.`,
    summary: states.length === 0 ? empty : count,
  };
}

function rowOf(kind: 'cases' | 'approvals', state: CaseState, context: CardContext): CaseRow {
  const { record } = state;
  const { state: word, colour } = statusWords(state, context.now);
  return {
    caseId: record.caseId,
    name: escapeMarkdown(record.person.displayName, 60),
    when: kind === 'approvals' ? decideWhen(state, context) : when(state, context),
    state: kind === 'approvals' ? 'Your decision' : word,
    colour: kind === 'approvals' ? 'Accent' : colour,
    data: buttonData('show-case', { caseId: record.caseId }).data,
  };
}

function when(state: CaseState, context: CardContext): string {
  const { record } = state;
  const time = siteTime(record.person, record.zone, context);
  const { completedAt, accessClosedAt } = record.milestones;
  if (record.cancelled) return markdown`cancelled ${time.short(record.cancelled.at)} (${time.site})`;
  const back = cameBackAt(state);
  if (back) return markdown`came back ${time.short(back)} (${time.site})`;
  if (completedAt) return markdown`completed ${time.short(completedAt)} (${time.site})`;
  if (accessClosedAt) return markdown`access closed ${time.short(accessClosedAt)} (${time.site})`;
  return markdown`access ends ${record.immediate ? 'now' : time.due(record.effectiveAt)} (${time.site})`;
}

function decideWhen(state: CaseState, context: CardContext): string {
  const [first] = askedOf(state, context.viewer).filter((item) => item.open);
  if (!first) return when(state, context);
  const time = siteTime(state.record.person, state.record.zone, context);
  return markdown`decide by ${time.due(first.requirement.dueAt)} (${time.site})`;
}

/** Names nobody: the list may be shown as a notification while somebody looks on. */
export function caseListSummary(view: CaseListView): string {
  return view.summary;
}

/** Each row opens its case (verb show-case). */
export function caseListCard(view: CaseListView): Card {
  return expandTemplate('case-list', template, view);
}
