import { amendmentLines } from '#cards/amendment-lines';
import { awayWords } from '#cards/away-words';
import { cameBackAt, cameBackLines } from '#cards/came-back-words';
import { cancelledWords } from '#cards/cancelled-words';
import type { CardContext } from '#cards/card-context';
import { type Band, caseHeading, type Heading, leavingVerb, possessive } from '#cards/card-heading';
import { roleName } from '#cards/decision-words';
import { inForceLines, isPutOff } from '#cards/deviation-words';
import { escapeMarkdown, markdown } from '#cards/escape-markdown';
import { expandTemplate } from '#cards/expand-template';
import { followWords } from '#cards/follow-words';
import { shortHash } from '#cards/hash-words';
import { type ManageCase, manageCase } from '#cards/manage-case';
import { plainText } from '#cards/plain-text';
import { plural } from '#cards/plural';
import { progressOf, progressWords, wantedChanges } from '#cards/progress-words';
import { promiseWords } from '#cards/promise-words';
import { type QuestionBlock, questionBlocks } from '#cards/question-lines';
import { type SiteTime, siteTime } from '#cards/site-time';
import { type StageLine, stageLines } from '#cards/stage-lines';
import { isLate, statusWords } from '#cards/status-words';
import { type CaseState, openExceptions } from '#domain/case-state';
import { caseStatus } from '#domain/case-status';
import { planParts } from '#domain/deviation-part';
import type { CaseException } from '#domain/exception';
import { isAtOrAfter } from '#domain/instant';
import { planHash } from '#domain/plan-hash';
import type { Card } from '#engine/ports/chat';
import template from '../../cards/case-progress.json' with { type: 'json' };

export interface CaseProgressView {
  readonly heading: Heading;
  readonly band: Band;
  readonly stages: readonly StageLine[];
  readonly exceptions: readonly { readonly title: string; readonly lines: readonly string[] }[];
  /** What was changed since it was opened. */
  readonly changed: readonly string[];
  readonly questions: readonly QuestionBlock[];
  readonly managing: readonly ManageCase[];
  readonly footer: string;
  readonly fallbackText: string;
  readonly summary: string;
}

const mostExceptions = 5;

/** Where a case stands: edited in place as it moves. */
export function caseProgressView(state: CaseState, context: CardContext): CaseProgressView {
  const { record } = state;
  const time = siteTime(record.person, record.zone, context);
  const words = statusWords(state, context.now);
  const band = bandOf(state, context, time);
  const left = record.milestones.completedAt !== undefined;
  const name = plainText(record.person.displayName, 60);
  return {
    heading: caseHeading(record, leavingVerb(record), words.state, words.colour),
    band,
    stages: record.cancelled || left ? [] : stageLines(state, context),
    exceptions: exceptionBlock(state, time),
    changed: record.cancelled || left ? [] : amendmentLines(state, context),
    questions: questionBlocks(state, context),
    managing: manageCase(state, context),
    footer: footerOf(state, time),
    fallbackText: `Case ${record.caseId}: ${possessive(record.person)} leaving: ${words.state}. Type 'case ${record.caseId}' to see where it stands.`,
    summary: `Case ${record.caseId}: ${name}, ${words.state}`,
  };
}

function bandOf(state: CaseState, context: CardContext, time: SiteTime): Band {
  const { record } = state;
  const count = progressWords(progressOf(wantedChanges(state)));
  const open = openExceptions(state).length;
  if (record.cancelled) return { style: 'emphasis', lines: cancelledWords(record, context, time) };
  const back = cameBackLines(state, context, time, false);
  if (record.milestones.completedAt && cameBackAt(state) !== undefined) return { style: 'attention', lines: back };
  if (record.milestones.completedAt)
    return {
      style: 'good',
      lines: [
        markdown`**Completed ${time.long(record.milestones.completedAt)}.**${back.length > 0 ? '' : ' The summary follows.'}`,
        ...back,
      ],
    };
  const access = record.follows === undefined ? accessWords(state, context, time) : followWords(state, context, time);
  const promised = [...inForceLines(state, context, time), ...promiseWords(state, time)];
  const notThere = awayWords(state, time);
  const away = notThere ? [notThere] : [];
  if (isLate(state, context.now))
    return { style: 'attention', lines: [access, ...away, ...promised, ...(state.parts.length > 0 ? [count] : [])] };
  if (open > 0) {
    const needs = `**${plural(open, 'thing')} ${open === 1 ? 'needs' : 'need'} IT**; everything else goes on. ${count}.`;
    return { style: 'attention', lines: [needs, access, ...away, ...promised] };
  }
  switch (caseStatus(state)) {
    case 'planning':
      return { style: 'emphasis', lines: ['Reading what the person has today. Nothing has been changed.', access] };
    case 'scheduled':
      return {
        style: 'emphasis',
        lines: [
          access,
          `${plural(progressOf(wantedChanges(state)).total, 'change')} planned; nothing has been changed yet.`,
          ...promised,
        ],
      };
    default:
      return { style: 'accent', lines: [`**${count}**`, access, ...away, ...promised] };
  }
}

function accessWords(state: CaseState, context: CardContext, time: SiteTime): string {
  const { record } = state;
  const { accessClosedAt } = record.milestones;
  if (accessClosedAt) return markdown`Access closed **${time.long(accessClosedAt)}**.`;
  const approval =
    state.parts.some((part) => part.partId === 'access' && part.startedAt === undefined) && waitsForHr(state);
  if (record.immediate)
    return approval ? 'Access ends as soon as **a second person in HR** approves.' : 'Access ends **now**.';
  if (isLate(state, context.now))
    return markdown`**Access was due ${time.long(record.effectiveAt)}** and is not proved closed yet${record.openedLate ? '; it was asked for after that' : ''}.`;
  if (isAtOrAfter(context.now, record.effectiveAt) && !approval)
    return isPutOff(state)
      ? markdown`Access was planned to end **${time.long(record.effectiveAt)}**; what was signed ends later.`
      : markdown`Access is being closed; it was due **${time.long(record.effectiveAt)}**.`;
  return markdown`Access ends **${time.long(record.effectiveAt)}**${approval ? ', once HR has confirmed it' : ''}.`;
}

function waitsForHr(state: CaseState): boolean {
  const access = state.parts.find((part) => part.partId === 'access');
  if (!access) return false;
  return access.requirements.some(
    (r) => !state.decisions.some((d) => d.partHash === access.partHash && d.requirementId === r.requirementId),
  );
}

function exceptionBlock(state: CaseState, time: SiteTime): CaseProgressView['exceptions'] {
  const open = openExceptions(state);
  if (open.length === 0) return [];
  const more = open.length - mostExceptions;
  const lines = open
    .slice(0, mostExceptions)
    .map(
      (exception) =>
        `${escapeMarkdown(exception.title, 160)} · ${ownerWords(exception)}, due ${time.due(exception.dueAt)}`,
    );
  return [{ title: 'Needs a person', lines: [...lines, ...(more > 0 ? [`and ${more} more`] : [])] }];
}

function ownerWords(exception: CaseException): string {
  return exception.owner.kind === 'role' ? roleName(exception.owner.role) : escapeMarkdown(exception.owner.displayName);
}

function footerOf(state: CaseState, time: SiteTime): string {
  const { record } = state;
  const parts = planParts(state.parts);
  const plan = parts.length > 0 ? ` · plan ${shortHash(planHash(parts.map((part) => part.partHash)))}` : '';
  const role = record.requesterIsHr ? ' (HR)' : '';
  return markdown`Asked for by ${record.requesterName}${role} on ${time.short(record.openedAt)}${plan} · times in ${time.site}`;
}

export function caseProgressSummary(view: CaseProgressView): string {
  return view.summary;
}

/** Buttons: `Answer` (verb answer, input `answer-<n>`), `Reschedule` (inputs `lastDay`, `lastTime`), `Cancel case` (input `reason`). */
export function caseProgressCard(view: CaseProgressView): Card {
  return expandTemplate('case-progress', template, view);
}
