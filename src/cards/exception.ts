import { cancelledWords } from '#cards/cancelled-words';
import type { CardContext } from '#cards/card-context';
import { type Band, caseHeading, type Heading, leavingVerb } from '#cards/card-heading';
import { escapeMarkdown, markdown } from '#cards/escape-markdown';
import { type ExceptionBlock, exceptionBlock, inOrder, resolvedLine } from '#cards/exception-rows';
import { expandTemplate } from '#cards/expand-template';
import { plural } from '#cards/plural';
import { type SiteTime, siteTime } from '#cards/site-time';
import { type CaseState, openExceptions } from '#domain/case-state';
import type { CaseException } from '#domain/exception';
import type { Card } from '#engine/ports/chat';
import template from '../../cards/exception.json' with { type: 'json' };

export interface ExceptionView {
  readonly heading: Heading;
  /** One element each while something is open. */
  readonly first: readonly ExceptionBlock[];
  readonly others: readonly ExceptionBlock[];
  readonly more: readonly string[];
  readonly band: readonly Band[];
  readonly resolved: readonly { readonly title: string; readonly lines: readonly string[] }[];
  readonly details: readonly string[];
  readonly toggle: readonly { readonly title: string }[];
  readonly footer: string;
  readonly fallbackText: string;
  readonly summary: string;
}

const mostOpen = 5;
const mostResolved = 5;

/** Everything of one case that needs IT, in one card that is edited in place. It stands in IT's own channel, so it names the person. */
export function exceptionView(state: CaseState, context: CardContext): ExceptionView {
  const { record } = state;
  const time = siteTime(record.person, record.zone, context);
  const open = inOrder(openExceptions(state));
  const [first, ...rest] = open;
  const others = rest.slice(0, mostOpen - 1);
  const details = technicalLines(state, open.slice(0, mostOpen), time);
  return {
    heading: headingOf(state, open),
    first: first ? [exceptionBlock(state, first, context, time, 'first')] : [],
    others: others.map((exception) => exceptionBlock(state, exception, context, time, 'other')),
    more:
      rest.length > others.length
        ? [`and ${rest.length - others.length} more, shown here as these are solved: type exceptions to see them all`]
        : [],
    band: first ? [] : [nothingOpen(state, context, time)],
    resolved: resolvedBlock(state, context, time),
    details,
    toggle: details.length > 0 ? [{ title: 'Technical detail' }] : [],
    footer: markdown`Leaver, case ${record.caseId} · asked for by ${record.requesterName} on ${time.short(record.openedAt)} · times in ${time.site}`,
    fallbackText: fallbackOf(state, open),
    summary:
      open.length > 0
        ? `Case ${record.caseId}: ${plural(open.length, 'thing')} ${open.length === 1 ? 'needs' : 'need'} IT`
        : `Case ${record.caseId}: nothing needs IT any more`,
  };
}

/** A case that is over goes nowhere by itself. */
function nothingOpen({ record }: CaseState, context: CardContext, time: SiteTime): Band {
  if (record.cancelled) return { style: 'emphasis', lines: cancelledWords(record, context, time) };
  const goesOn = record.milestones.completedAt === undefined ? ' The case goes on by itself.' : '';
  return { style: 'good', lines: [`**Nothing is open.**${goesOn}`] };
}

function headingOf(state: CaseState, open: readonly CaseException[]): Heading {
  const heading = caseHeading(
    state.record,
    leavingVerb(state.record),
    open.length > 0 ? 'Needs IT' : 'Solved',
    open.length > 0 ? 'Attention' : 'Default',
  );
  const [only] = open;
  if (only && open.length === 1) {
    const whose = `${escapeMarkdown(state.record.person.displayName, 60)} · ${heading.subtitle}`;
    return { ...heading, title: escapeMarkdown(only.title, 160), subtitle: whose };
  }
  return {
    ...heading,
    title: `${heading.title}: ${open.length > 0 ? `${plural(open.length, 'thing')} to put right` : 'all put right'}`,
  };
}

function resolvedBlock(state: CaseState, context: CardContext, time: SiteTime): ExceptionView['resolved'] {
  const solved = state.exceptions.filter((exception) => exception.resolution !== undefined);
  if (solved.length === 0) return [];
  const lines = solved.slice(-mostResolved).map((exception) => resolvedLine(state, exception, context, time));
  const more = solved.length - lines.length;
  return [{ title: 'Solved', lines: [...lines, ...(more > 0 ? [`and ${more} before`] : [])] }];
}

/** Codes and request ids come last and small. */
function technicalLines(state: CaseState, open: readonly CaseException[], time: SiteTime): readonly string[] {
  return open.map((exception) => {
    const change = state.changes.find((c) => c.exceptionId === exception.exceptionId);
    const tried =
      change && change.attempt > 0 ? ` · tried ${change.attempt === 1 ? 'once' : `${change.attempt} times`}` : '';
    const sent = change?.appliedAt ? ` · last sent ${time.clock(change.appliedAt)}` : '';
    const answer = change?.observation ? ` · last read: ${escapeMarkdown(change.observation.text, 120)}` : '';
    const technical =
      exception.technical && exception.technical !== exception.code
        ? ` · ${escapeMarkdown(exception.technical, 160)}`
        : '';
    const step = exception.stepId ? ` · ${escapeMarkdown(exception.stepId)}` : '';
    return `No. ${escapeMarkdown(exception.exceptionId)} · ${escapeMarkdown(exception.code, 60)}${step}${technical}${tried}${sent}${answer}`;
  });
}

function fallbackOf(state: CaseState, open: readonly CaseException[]): string {
  const { caseId } = state.record;
  if (open.length === 0) return `Case ${caseId}: nothing needs IT any more.`;
  return `Case ${caseId} needs IT: ${plural(open.length, 'thing')} to put right. Type 'retry ${caseId}', 'done ${caseId} <what you did>', 'waive ${caseId} until <date> <reason>' or 'reassign ${caseId} to <who>'.`;
}

/** Names nobody: the channel's notification may be read by anybody who looks on. */
export function exceptionSummary(view: ExceptionView): string {
  return view.summary;
}

/**
 * Buttons per open exception: `Retry` (verb retry), `Done by hand` (verb done-by-hand, input `note`), `Waive` (verb waive, inputs
 * `reason-<number>`, `until-<number>`), `Reassign` (verb reassign, input `to-<number>`).
 */
export function exceptionCard(view: ExceptionView): Card {
  return expandTemplate('exception', template, view);
}
