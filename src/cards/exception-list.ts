import type { CardContext } from '#cards/card-context';
import { buttonData, type CardData } from '#cards/card-data';
import type { TextColour } from '#cards/card-heading';
import { roleName } from '#cards/decision-words';
import { escapeMarkdown, markdown } from '#cards/escape-markdown';
import { inOrder } from '#cards/exception-rows';
import { expandTemplate } from '#cards/expand-template';
import { plural } from '#cards/plural';
import { siteTime } from '#cards/site-time';
import { type CaseState, openExceptions } from '#domain/case-state';
import type { CaseException } from '#domain/exception';
import type { UserId } from '#domain/ids';
import { isAtOrAfter, msBetween } from '#domain/instant';
import type { Role } from '#domain/part';
import type { Card } from '#engine/ports/chat';
import template from '../../cards/exception-list.json' with { type: 'json' };

export type ExceptionFilter = 'all' | 'mine' | 'open' | 'overdue';

/** Whose list it is: what is theirs comes first. */
export interface ExceptionReader {
  readonly userId: UserId;
  readonly roles: readonly Role[];
}

interface Row {
  readonly caseId: string;
  readonly title: string;
  readonly about: string;
  readonly state: string;
  readonly colour: TextColour;
  readonly data: CardData;
}

export interface ExceptionListView {
  readonly title: string;
  readonly groups: readonly { readonly title: string; readonly rows: readonly Row[] }[];
  readonly note: readonly string[];
  readonly fallbackText: string;
  readonly summary: string;
}

interface Listed {
  readonly state: CaseState;
  readonly exception: CaseException;
}

const mostRows = 15;
const hourMs = 3_600_000;

const empty: Readonly<Record<ExceptionFilter, string>> = {
  all: 'Nothing is open in the cases that you may see.',
  open: 'Nothing is open in the cases that you may see.',
  mine: 'Nothing is open that is yours.',
  overdue: 'Nothing is overdue.',
};

/** The answer to `exceptions`; `states` are the cases that the reader may see. Yours first, then what is overdue, then the rest. */
export function exceptionListView(
  filter: ExceptionFilter,
  states: readonly CaseState[],
  reader: ExceptionReader,
  context: CardContext,
): ExceptionListView {
  const found = listed(states).filter(
    (one) => (filter !== 'mine' || isMine(one, reader)) && (filter !== 'overdue' || isOverdue(one, context)),
  );
  const shown = found.slice(0, mostRows);
  const mine = shown.filter((one) => isMine(one, reader));
  const overdue = shown.filter((one) => !mine.includes(one) && isOverdue(one, context));
  const others = shown.filter((one) => !mine.includes(one) && !overdue.includes(one));
  const group = (title: string, items: readonly Listed[]) =>
    items.length > 0 ? [{ title: `${title} (${items.length})`, rows: items.map((one) => rowOf(one, context)) }] : [];
  const more = found.length - shown.length;
  const ids = [...new Set(shown.map(({ state }) => state.record.caseId))].join(', ');
  const count = plural(found.length, 'exception');
  return {
    title: found.length === 0 ? 'Exceptions' : `Exceptions: ${found.length}`,
    groups: [...group('Yours', mine), ...group('Overdue', overdue), ...group('Open', others)],
    note: found.length === 0 ? [empty[filter]] : more > 0 ? [`and ${more} more, shown as these are solved.`] : [],
    fallbackText: found.length === 0 ? empty[filter] : `${count}: ${ids}. Type case and the id to see one.`,
    summary: found.length === 0 ? empty[filter] : count,
  };
}

function listed(states: readonly CaseState[]): readonly Listed[] {
  const all = states.flatMap((state) => openExceptions(state).map((exception) => ({ state, exception })));
  // The order of one case's exceptions, across cases.
  return inOrder(all.map(({ exception }) => exception)).flatMap((exception) =>
    all.filter((one) => one.exception === exception),
  );
}

function isMine({ exception: { owner } }: Listed, { userId, roles }: ExceptionReader): boolean {
  return owner.kind === 'person' ? owner.userId === userId : roles.includes(owner.role);
}

function isOverdue({ exception }: Listed, { now }: CardContext): boolean {
  return isAtOrAfter(now, exception.dueAt);
}

function rowOf(one: Listed, context: CardContext): Row {
  const { exception, state } = one;
  const { record } = state;
  const time = siteTime(record.person, record.zone, context);
  const owner =
    exception.owner.kind === 'role' ? roleName(exception.owner.role) : escapeMarkdown(exception.owner.displayName, 60);
  const late = isOverdue(one, context);
  const due = markdown`${late ? 'was due' : 'due'} ${time.due(exception.dueAt)} (${time.site})`;
  return {
    caseId: record.caseId,
    title: escapeMarkdown(exception.title, 110),
    about: `No. ${escapeMarkdown(exception.exceptionId)} · ${owner}, ${due} · open ${ageWords(msBetween(exception.openedAt, context.now))}`,
    state: late ? 'Overdue' : exception.severity === 'high' ? 'Urgent' : 'Open',
    colour: late || exception.severity === 'high' ? 'Attention' : 'Default',
    data: buttonData('show-case', { caseId: record.caseId }).data,
  };
}

function ageWords(ms: number): string {
  const hours = Math.floor(ms / hourMs);
  if (hours < 1) return 'for less than an hour';
  return hours < 48 ? `for ${plural(hours, 'hour')}` : `for ${plural(Math.floor(hours / 24), 'day')}`;
}

/** Names nobody: the list may be shown as a notification while somebody looks on. */
export function exceptionListSummary(view: ExceptionListView): string {
  return view.summary;
}

/** Each row opens its case (verb show-case). */
export function exceptionListCard(view: ExceptionListView): Card {
  return expandTemplate('exception-list', template, view);
}
