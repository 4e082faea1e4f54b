import type { CardContext } from '#cards/card-context';
import { type ButtonData, buttonData } from '#cards/card-data';
import { type Band, caseHeading, type Heading, leavingVerb } from '#cards/card-heading';
import { phrases, wordChanges } from '#cards/change-words';
import { decisionLine, nameIn } from '#cards/decision-words';
import { awaitedWords, signerName, wishWords } from '#cards/deviation-words';
import { escapeMarkdown, markdown } from '#cards/escape-markdown';
import { expandTemplate } from '#cards/expand-template';
import { shortHash } from '#cards/hash-words';
import { plainText } from '#cards/plain-text';
import { plural } from '#cards/plural';
import { wantedChanges } from '#cards/progress-words';
import { type SiteTime, siteTime } from '#cards/site-time';
import type { CaseState } from '#domain/case-state';
import { hasEnded } from '#domain/change';
import { type DeviationPart, deviationStatus } from '#domain/deviation-part';
import { decisionsFor } from '#domain/part-status';
import type { Card } from '#engine/ports/chat';
import template from '../../cards/deviation.json' with { type: 'json' };

export interface DeviationView {
  readonly heading: Heading;
  readonly band: Band;
  readonly facts: readonly { readonly title: string; readonly value: string }[];
  readonly deciding: readonly { readonly approve: ButtonData; readonly reject: ButtonData }[];
  readonly footer: string;
  readonly fallbackText: string;
  readonly summary: string;
}

/** One wish to go otherwise than planned, for whoever signs it and for whoever asked. `mayDecide`: it waits for this viewer. */
export function deviationView(
  state: CaseState,
  part: DeviationPart,
  mayDecide: boolean,
  context: CardContext,
): DeviationView {
  const { record } = state;
  const time = siteTime(record.person, record.zone, context);
  const ids = { caseId: record.caseId, partHash: part.partHash };
  const wish = plainText(wishWords(part), 120);
  return {
    heading: caseHeading(record, leavingVerb(record), ...stateOf(state, part, mayDecide)),
    band: bandOf(state, part, mayDecide, context, time),
    facts: [
      { title: 'Why', value: escapeMarkdown(part.deviation.reason, 500) },
      ...leftAlone(state, part, context),
      ...part.requirements.map((requirement) => ({
        title: 'Signs',
        value: signatureLine(state, part, requirement, context, time),
      })),
    ],
    deciding: mayDecide ? [{ approve: buttonData('approve', ids), reject: buttonData('reject', ids) }] : [],
    footer: markdown`Asked for by ${nameIn(record, part.deviation.askedBy, context)} on ${time.short(part.deviation.askedAt)} · wish ${shortHash(part.partHash)} · times in ${time.site}`,
    fallbackText: mayDecide
      ? `Case ${record.caseId}: please decide: ${wish}. Type 'approve ${record.caseId}' or 'reject ${record.caseId} <reason>'.`
      : `Case ${record.caseId}: ${wish}. Type 'case ${record.caseId}' to see where it stands.`,
    summary: mayDecide
      ? `Case ${record.caseId}: please decide: ${wish}`
      : `Case ${record.caseId}: ${wish}: ${stateOf(state, part, false)[0].toLowerCase()}`,
  };
}

function stateOf(state: CaseState, part: DeviationPart, mayDecide: boolean): [string, Heading['stateColour']] {
  if (state.record.cancelled) return ['Cancelled', 'Default'];
  switch (deviationStatus(part, state.decisions)) {
    case 'waiting':
      return mayDecide ? ['Your decision', 'Accent'] : ['Waits', 'Accent'];
    case 'signed':
    case 'in-force':
      return ['Granted', 'Default'];
    case 'ended':
      return ['Over', 'Default'];
    case 'moot':
      return ['Not needed', 'Default'];
    case 'rejected':
      return isLapsed(state, part) ? ['Not granted', 'Attention'] : ['Rejected', 'Attention'];
  }
}

function isLapsed(state: CaseState, part: DeviationPart): boolean {
  return state.decisions.some((d) => d.partHash === part.partHash && d.decidedBy === 'clock');
}

function bandOf(state: CaseState, part: DeviationPart, mayDecide: boolean, context: CardContext, time: SiteTime): Band {
  const { deviation } = part;
  const you = context.viewer?.userId === deviation.askedBy;
  const asks = you ? 'You ask' : `${nameIn(state.record, deviation.askedBy, context)} asks`;
  const wish = markdown`${asks}: **${wishWords(part)}**, until **${time.long(deviation.until)}**.`;
  return { style: mayDecide ? 'emphasis' : 'accent', lines: [wish, outcomeLine(state, part, mayDecide, time)] };
}

function outcomeLine(state: CaseState, part: DeviationPart, mayDecide: boolean, time: SiteTime): string {
  const { kind, until, grantedAt, endedAt } = part.deviation;
  if (state.record.cancelled) return 'The case was cancelled, so nothing of it is needed.';
  switch (deviationStatus(part, state.decisions)) {
    case 'waiting': {
      const due = part.requirements[0]?.dueAt ?? until;
      const asked = mayDecide ? 'Please decide' : `Waits for ${awaitedWords(state, part)}, asked to decide`;
      return markdown`${asked} by **${time.due(due)}**. Until all have signed everything goes on as planned; without an answer it is not granted.`;
    }
    case 'signed':
      return 'All have signed. It takes effect next.';
    case 'in-force':
      return markdown`All have signed; in force since ${time.short(grantedAt ?? until)}. It ends by itself: ${atItsEnd[kind]}.`;
    case 'ended':
      return markdown`It ended ${time.short(endedAt ?? until)}: ${atItsEnd[kind]}.`;
    case 'moot':
      return 'Nothing is left that it could change, so nobody is asked any more.';
    case 'rejected':
      return isLapsed(state, part)
        ? 'Nobody signed it in time: it is not granted, and everything goes on as planned.'
        : 'It is not granted; everything goes on as planned.';
  }
}

const atItsEnd = {
  keep: 'what was kept is closed as planned',
  hold: 'the case goes on as planned',
  waive: 'it is an open exception again',
} as const;

/** What stays as it is because of it. */
function leftAlone(state: CaseState, part: DeviationPart, context: CardContext): DeviationView['facts'] {
  const { kind, stepIds = [], exceptionId } = part.deviation;
  if (kind === 'waive') {
    const exception = state.exceptions.find((e) => e.exceptionId === exceptionId);
    return exception ? [{ title: 'We saw', value: escapeMarkdown(exception.saw, 400) }] : [];
  }
  const pending = wantedChanges(state).filter((change) => !hasEnded(change));
  if (kind === 'hold') return [{ title: 'Waits', value: `${plural(pending.length, 'change')} of the case` }];
  const kept = pending.filter((change) => stepIds.includes(change.stepId));
  const waits = stepIds.flatMap((stepId) => context.dependents?.(stepId) ?? []);
  const held = pending.filter((change) => waits.includes(change.stepId) && !stepIds.includes(change.stepId));
  return [...lineOf('Only then', kept, context), ...lineOf('Waits too', held, context)];
}

function lineOf(
  title: string,
  changes: Parameters<typeof wordChanges>[0],
  context: CardContext,
): DeviationView['facts'] {
  const words = phrases(wordChanges(changes, context), 'will');
  return words.length > 0 ? [{ title, value: words.join(' · ') }] : [];
}

function signatureLine(
  state: CaseState,
  part: DeviationPart,
  requirement: DeviationPart['requirements'][number],
  context: CardContext,
  time: SiteTime,
): string {
  const signer = signerName(requirement);
  const [decision] = decisionsFor(part, requirement, state.decisions);
  const name = `${signer.charAt(0).toUpperCase()}${signer.slice(1)}`;
  if (!decision)
    return markdown`${name}: ${deviationStatus(part, state.decisions) === 'waiting' ? 'waits' : 'did not sign'}`;
  if (decision.decidedBy === 'clock') return markdown`${name}: did not sign`;
  return `${name}: ${decisionLine(state.record, decision, context, time)}`;
}

export function deviationSummary(view: DeviationView): string {
  return view.summary;
}

/** Buttons: `Approve` (verb approve), `Reject` (verb reject, input `reason`), bound to the wish by its hash. */
export function deviationCard(view: DeviationView): Card {
  return expandTemplate('deviation', template, view);
}
