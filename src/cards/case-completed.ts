import { awayWords } from '#cards/away-words';
import { cameBackAt, cameBackLines } from '#cards/came-back-words';
import type { CardContext } from '#cards/card-context';
import { type ButtonData, buttonData } from '#cards/card-data';
import { type Band, caseHeading, type Heading, leavingVerb } from '#cards/card-heading';
import { type ChangeRow, detailLines } from '#cards/change-rows';
import { wordChanges } from '#cards/change-words';
import { type CompletedView, handRows, provedRows } from '#cards/completed-rows';
import { nameIn } from '#cards/decision-words';
import { wasPutOff } from '#cards/deviation-words';
import { escapeMarkdown, markdown } from '#cards/escape-markdown';
import { expandTemplate } from '#cards/expand-template';
import { headWords } from '#cards/hash-words';
import { lengthWords } from '#cards/length-words';
import { plainText } from '#cards/plain-text';
import { plural } from '#cards/plural';
import { progressOf, progressWords, wantedChanges } from '#cards/progress-words';
import { type SiteTime, siteTime } from '#cards/site-time';
import { promptMs } from '#cards/status-words';
import type { CaseState } from '#domain/case-state';
import type { ChangeRecord } from '#domain/change';
import { planParts } from '#domain/deviation-part';
import { type Instant, msBetween, plusMs } from '#domain/instant';
import { isRejected } from '#domain/part-status';
import type { Card } from '#engine/ports/chat';
import template from '../../cards/case-completed.json' with { type: 'json' };

export interface CaseCompletedView {
  readonly heading: Heading;
  readonly band: Band;
  readonly rows: readonly ChangeRow[];
  readonly alive: readonly string[];
  readonly details: readonly string[];
  readonly toggle: readonly { readonly title: string }[];
  readonly evidence: readonly ButtonData[];
  readonly footer: string;
  readonly fallbackText: string;
  readonly summary: string;
}

/** Entra's access tokens live about an hour and are not called back by ending the sessions. Source: "Access tokens in the Microsoft identity platform". */
const tokenLifeMs = 3_600_000;
const dayMs = 86_400_000;

/** What was done, proved and by whom decided. Its viewer decides how much is named; nobody in particular sees the least. */
export function caseCompletedView(state: CaseState, context: CardContext): CaseCompletedView {
  const { record } = state;
  const time = siteTime(record.person, record.zone, context);
  const sees = context.viewer?.sees;
  const all = sees === 'hr' || sees === 'leadership' || sees === 'it' || (sees === 'requester' && record.requesterIsHr);
  const view: CompletedView = all ? 'all' : 'manager';
  const progress = progressWords(progressOf(wantedChanges(state)), 'read back');
  const details = view === 'all' ? detailsOf(state, context) : [];
  const hasButton = all && sees !== 'it';
  const back = cameBackAt(state) !== undefined;
  return {
    heading: caseHeading(record, leavingVerb(record), back ? 'Came back' : 'Completed', back ? 'Attention' : 'Default'),
    band: {
      style: back ? 'attention' : 'good',
      lines: [...cameBackLines(state, context, time, !all), `**${progress}**`, ...milestoneLines(state, time)],
    },
    rows: [
      ...provedRows(state, context, view),
      ...handRows(state, context, time, view),
      ...rejectedRows(state, context, time),
    ],
    alive: [...aliveLines(state, context, time), ...(all ? [] : ['HR and IT leadership have the full list.'])],
    details,
    toggle: details.length > 0 ? [{ title: `All ${plural(provedChanges(state).length, 'change')}` }] : [],
    evidence: hasButton ? [buttonData('evidence', { caseId: record.caseId })] : [],
    footer: footerOf(state, context, time),
    fallbackText: `Case ${record.caseId} completed: ${plainText(record.person.displayName, 60)} has left, ${progress}. Type 'case ${record.caseId}' to see it.`,
    summary: `Case ${record.caseId} completed: ${plainText(record.person.displayName, 60)} has left`,
  };
}

function milestoneLines(state: CaseState, time: SiteTime): readonly string[] {
  const { accessClosedAt, handedOverAt, completedAt } = state.record.milestones;
  const first = accessClosedAt ?? completedAt;
  if (!first) return [];
  const told = [
    ...(accessClosedAt ? [`access closed ${stamp(accessClosedAt, first, time)}`] : []),
    ...(handedOverAt ? [`handed over ${stamp(handedOverAt, first, time)}`] : []),
    ...(completedAt ? [`completed ${stamp(completedAt, first, time)}`] : []),
  ];
  const line = markdown`${time.due(first).replace(/,.*$/, '')} (${time.site}): ` + told.join(' · ');
  return [line, ...punctuality(state, time)];
}

/** Times of the first day stand alone; a later day is named. */
function stamp(at: Instant, first: Instant, time: SiteTime): string {
  return time.day(at) === time.day(first) ? time.clock(at) : time.short(at);
}

function punctuality(state: CaseState, time: SiteTime): readonly string[] {
  const { record } = state;
  const closed = record.milestones.accessClosedAt;
  if (!closed)
    return record.follows === undefined
      ? []
      : [`Follows case ${record.follows}; due ${time.short(record.effectiveAt)}.`];
  const from = record.immediate ? record.openedAt : record.effectiveAt;
  const lateMs = msBetween(from, closed);
  const asked = record.immediate ? `asked for at ${time.clock(from)}` : `due ${time.short(from)}`;
  if (lateMs <= promptMs) return [`Access was ${asked} and closed ${lengthWords(lateMs)} after.`];
  const late = `**${lengthWords(lateMs)} late:** access was ${asked}`;
  if (record.openedLate) return [`${late}; it was requested after that.`];
  if (wasPutOff(state)) return [`${late}, and put off as signed.`];
  const away = awayWords(state, time);
  return [away ? `${late}. ${away}` : `${late}.`];
}

function rejectedRows(state: CaseState, context: CardContext, time: SiteTime): readonly ChangeRow[] {
  const parts = planParts(state.parts).filter((part) => isRejected(part, state.decisions));
  return parts.map((part) => {
    const decision = state.decisions.find((d) => d.partHash === part.partHash && d.outcome === 'rejected');
    const who = decision
      ? markdown`, rejected by ${nameIn(state.record, decision.decidedBy, context)}, ${time.short(decision.decidedAt)}`
      : '';
    const why = decision?.reason ? markdown`: ${decision.reason}` : '';
    return { group: 'Not done', text: `${escapeMarkdown(part.title)}${who}${why}`, attention: [] };
  });
}

function aliveLines(state: CaseState, context: CardContext, time: SiteTime): readonly string[] {
  const { record } = state;
  const closed = record.milestones.accessClosedAt;
  const granted = wantedChanges(state).some(
    (change) => change.stepId === 'mailbox.grant-delegate' && change.status === 'confirmed',
  );
  const until = plusMs(
    record.milestones.handedOverAt ?? record.effectiveAt,
    context.policy.leaver.delegateDays * dayMs,
  );
  const { delegate } = record;
  const who = delegate && delegate.userId === context.viewer?.userId ? 'you' : delegate?.displayName;
  return [
    ...(closed
      ? [
          `Still alive until ${time.short(plusMs(closed, tokenLifeMs))} at the latest: access tokens issued before ${time.clock(closed)}.`,
        ]
      : []),
    ...(granted && who
      ? [
          markdown`The mailbox is open for ${who} until ${time.day(until)}; then a case that follows this one closes it.`,
        ]
      : []),
  ];
}

function provedChanges(state: CaseState): readonly ChangeRecord[] {
  return wantedChanges(state).filter((change) => change.status === 'confirmed');
}

function detailsOf(state: CaseState, context: CardContext): readonly string[] {
  const proved = wordChanges(provedChanges(state), context);
  const already = [
    ...new Set(
      state.changes.flatMap((change) =>
        change.status === 'not-needed' && change.observation ? [change.observation.text] : [],
      ),
    ),
  ];
  const shown = already.slice(0, 8).map((text) => escapeMarkdown(text, 200));
  return [...detailLines(proved, 'done'), ...(shown.length > 0 ? [`**Already so:** ${shown.join(' · ')}`] : [])];
}

function footerOf(state: CaseState, context: CardContext, time: SiteTime): string {
  const { record } = state;
  const approvers = state.decisions.filter(
    (d) => d.outcome === 'approved' && planParts(state.parts).some((part) => part.partHash === d.partHash),
  );
  const names = [
    ...new Set(approvers.map((d) => (d.decidedBy === 'clock' ? 'the deadline' : nameIn(record, d.decidedBy, context)))),
  ];
  const head = context.evidenceHead ? ` · evidence ${headWords(context.evidenceHead)}` : '';
  const approved = names.length > 0 ? ` · approved by ${listWords(names)}` : '';
  return markdown`Asked for by ${record.requesterName} on ${time.short(record.openedAt)}${approved}${head}`;
}

function listWords(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last;
}

export function caseCompletedSummary(view: CaseCompletedView): string {
  return view.summary;
}

/** Button: `Evidence` (verb evidence) for those who see everything. */
export function caseCompletedCard(view: CaseCompletedView): Card {
  return expandTemplate('case-completed', template, view);
}
