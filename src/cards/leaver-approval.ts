import { amendmentLines } from '#cards/amendment-lines';
import { askedNotes } from '#cards/asked-notes';
import { cancelledWords } from '#cards/cancelled-words';
import type { CardContext } from '#cards/card-context';
import { type ButtonData, buttonData } from '#cards/card-data';
import { type Band, caseHeading, type Heading, leavingVerb, possessive } from '#cards/card-heading';
import { detailLines } from '#cards/change-rows';
import { wordChanges } from '#cards/change-words';
import { type Asked, askedOf, decisionLine, silenceWords } from '#cards/decision-words';
import { inForceLines } from '#cards/deviation-words';
import { markdown } from '#cards/escape-markdown';
import { expandTemplate } from '#cards/expand-template';
import { shortHash } from '#cards/hash-words';
import { plainText } from '#cards/plain-text';
import { coveredLine, plannedChanges, planSections, type Section } from '#cards/plan-sections';
import { type QuestionBlock, questionBlocks } from '#cards/question-lines';
import { type SiteTime, siteTime } from '#cards/site-time';
import type { CaseState } from '#domain/case-state';
import { planParts } from '#domain/deviation-part';
import { isAtOrAfter } from '#domain/instant';
import { isApproved } from '#domain/part-status';
import { planHash } from '#domain/plan-hash';
import type { Card } from '#engine/ports/chat';
import template from '../../cards/leaver-approval.json' with { type: 'json' };

/** Both buttons of one decision. */
interface Deciding {
  readonly approve: ButtonData;
  readonly reject: ButtonData;
}

interface Asking {
  readonly label: string;
  readonly ask: ButtonData;
  readonly canChange: boolean;
  readonly change: ButtonData;
  /** What the inputs hold: plain text. */
  readonly delegate: string;
  readonly autoReply: string;
}

export interface LeaverApprovalView {
  readonly heading: Heading;
  readonly band: Band;
  /** What was changed of the case since it was opened. */
  readonly changed: readonly string[];
  readonly sections: readonly Section[];
  readonly covered: readonly string[];
  /** `All 23 changes`: the title of the toggle. */
  readonly detailTitle: string;
  readonly details: readonly string[];
  /** Who decided and when; takes the buttons' place. */
  readonly decided: readonly string[];
  readonly deciding: readonly Deciding[];
  readonly questions: readonly QuestionBlock[];
  /** For whoever decides: a question to whoever asked for it, and other choices for the hand-over. */
  readonly asking: readonly Asking[];
  /** The toggle alone, once there is nothing left to decide. */
  readonly readOnly: readonly { readonly title: string }[];
  readonly footer: string;
  readonly fallbackText: string;
  readonly summary: string;
}

/** The plan of a leaver for one person who decides on some of it. `state.parts` are those of the present revision. */
export function leaverApprovalView(state: CaseState, context: CardContext): LeaverApprovalView {
  const { record } = state;
  const time = siteTime(record.person, record.zone, context);
  const asked = askedOf(state, context.viewer);
  const open = asked.filter((item) => item.open);
  const changes = plannedChanges(state, state.parts);
  const worded = wordChanges(changes, context);
  const detailTitle = changes.length === 1 ? 'The change' : `All ${changes.length} changes`;
  const ids = { caseId: record.caseId, partHash: open.map((item) => item.part.partHash).join(',') };
  const deciding = open.length > 0 ? [{ approve: buttonData('approve', ids), reject: buttonData('reject', ids) }] : [];
  return {
    heading: caseHeading(record, leavingVerb(record), ...stateOf(state, asked, open)),
    band: {
      style: open.length > 0 && record.immediate ? 'attention' : 'emphasis',
      lines: record.cancelled
        ? cancelledWords(record, context, time)
        : [
            ...bandLines(state, asked, context, time),
            ...inForceLines(state, context, time),
            ...notesFor(state, open, context, time),
          ],
    },
    changed: record.cancelled ? [] : amendmentLines(state, context),
    sections: record.cancelled ? [] : planSections(state, asked, context),
    covered: record.cancelled || record.milestones.accessClosedAt ? [] : coveredLine(worded),
    detailTitle,
    details: [...detailLines(worded, 'will'), ...alreadySo(state)],
    decided: decidedLines(state, asked, context, time),
    deciding,
    questions: questionBlocks(state, context),
    asking: open.length > 0 ? [askingOf(state, open)] : [],
    readOnly: deciding.length === 0 ? [{ title: detailTitle }] : [],
    footer: footerOf(state, changes.length, time),
    fallbackText: fallbackOf(state, open.length > 0),
    summary: summaryOf(state, open),
  };
}

function askingOf({ record }: CaseState, open: readonly Asked[]): Asking {
  const ids = { caseId: record.caseId };
  const handOver = open.some(({ part }) => part.partId.startsWith('hand-over') && part.startedAt === undefined);
  return {
    label: `What do you want to know from ${plainText(record.requesterName, 60)}?`,
    ask: buttonData('ask', ids),
    canChange: handOver,
    change: buttonData('change-hand-over', ids),
    delegate: record.delegate ? plainText(record.delegate.userPrincipalName, 200) : 'nobody',
    autoReply: plainText(record.autoReply ?? '', 2_000),
  };
}

function stateOf(state: CaseState, asked: readonly Asked[], open: readonly Asked[]): [string, Heading['stateColour']] {
  if (state.record.cancelled) return ['Cancelled', 'Default'];
  if (open.length > 0) return ['Your decision', 'Accent'];
  const decisions = asked.flatMap((item) => item.decisions);
  if (decisions.some((decision) => decision.outcome === 'rejected')) return ['Rejected', 'Attention'];
  return [decisions.length > 0 ? 'Approved' : 'For information', 'Default'];
}

function bandLines(state: CaseState, asked: readonly Asked[], context: CardContext, time: SiteTime): readonly string[] {
  const { record } = state;
  const [first] = asked.filter((item) => item.open);
  const due = first && markdown`by **${time.due(first.requirement.dueAt)}**`;
  const silence = first ? silenceWords(first.requirement.onSilence) : '';
  const access = accessLine(state, context, time);
  if (!first || due === undefined) return [access];
  if (first.requirement.requirementId === 'second-hr')
    return [
      markdown`${record.requesterName} asks to end this access **now**. It ends as soon as a second person in HR approves.`,
      `Please decide ${due}; ${silence}.`,
    ];
  if (first.requirement.requirementId === 'hr-confirms')
    return [
      `${access} ${markdown`Asked for by ${record.requesterName}; HR has to confirm it.`}`,
      `Please decide ${due}; ${silence}.`,
    ];
  return [access, `Please decide on the hand-over ${due}; ${silence}.`];
}

/** What happened since it was asked: why it comes to this person, why it comes again. */
function notesFor(state: CaseState, open: readonly Asked[], context: CardContext, time: SiteTime): readonly string[] {
  return [...new Set(open.flatMap(({ part, requirement }) => askedNotes(state, part, requirement, context, time)))];
}

function accessLine(state: CaseState, context: CardContext, time: SiteTime): string {
  const { record } = state;
  const closedAt = record.milestones.accessClosedAt;
  if (closedAt) return markdown`Access was closed **${time.long(closedAt)}**.`;
  const closing = state.parts.find((part) => part.partId === 'access');
  const confirmed = closing !== undefined && isApproved(closing, state.decisions);
  const by = confirmed ? '; HR has confirmed it' : '';
  if (record.immediate)
    return confirmed ? 'Access ends **now**; HR has confirmed it.' : 'Access ends as soon as **HR** approves.';
  const verb = isAtOrAfter(context.now, record.effectiveAt) ? 'Access was to end' : 'Access ends';
  return markdown`${verb} **${time.long(record.effectiveAt)}**${by}.`;
}

function decidedLines(
  state: CaseState,
  asked: readonly Asked[],
  context: CardContext,
  time: SiteTime,
): readonly string[] {
  if (state.record.cancelled) return [];
  const decisions = asked.flatMap((item) => item.decisions);
  return [...new Set(decisions.map((decision) => decisionLine(state.record, decision, context, time)))];
}

function alreadySo(state: CaseState): readonly string[] {
  const seen = state.changes
    .filter((change) => change.status === 'not-needed')
    .map((change) => change.observation?.text ?? change.change.target.displayName);
  const shown = [...new Set(seen)].slice(0, 8).map((text) => markdown`${text}`);
  return shown.length > 0 ? [`**Already so:** ${shown.join(' · ')}`] : [];
}

function footerOf(state: CaseState, count: number, time: SiteTime): string {
  const { record } = state;
  const hash = shortHash(planHash(planParts(state.parts).map((part) => part.partHash)));
  const role = record.requesterIsHr ? ' (HR)' : '';
  const changes = count === 1 ? '1 change' : `${count} changes`;
  return markdown`Asked for by ${record.requesterName}${role} on ${time.short(record.openedAt)} · plan ${hash} · ${changes} · times in ${time.site}`;
}

function fallbackOf(state: CaseState, open: boolean): string {
  const { caseId, person } = state.record;
  if (!open) return `Case ${caseId}: ${possessive(person)} leaving. Type 'case ${caseId}' to see where it stands.`;
  return `Case ${caseId}: please decide on ${possessive(person)} leaving. Type 'approve ${caseId}' or 'reject ${caseId} <reason>'.`;
}

function summaryOf(state: CaseState, open: readonly Asked[]): string {
  const { caseId, person } = state.record;
  const name = plainText(person.displayName, 60);
  const [first] = open;
  if (!first) return `Case ${caseId}: ${name} is leaving`;
  const what =
    first.requirement.requirementId === 'manager-decides'
      ? `the hand-over of ${name}`
      : `closing the access of ${name}`;
  return `Case ${caseId}: please decide on ${what}`;
}

export function leaverApprovalSummary(view: LeaverApprovalView): string {
  return view.summary;
}

/**
 * Buttons: `Approve` (verb approve), `Reject` (verb reject, input `reason`), `Ask` (verb ask, input `question`), `Change` (verb
 * change-hand-over, inputs `delegate` and `autoReply`). `partHash` holds the hashes of all parts asked about, joined by
 * commas.
 */
export function leaverApprovalCard(view: LeaverApprovalView): Card {
  return expandTemplate('leaver-approval', template, view);
}
