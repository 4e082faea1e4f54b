import { askedNotes } from '#cards/asked-notes';
import type { CardContext } from '#cards/card-context';
import type { TextColour } from '#cards/card-heading';
import { askedWords, decisionLine } from '#cards/decision-words';
import { deviationStages } from '#cards/deviation-stages';
import { markdown } from '#cards/escape-markdown';
import { plural } from '#cards/plural';
import { progressOf, progressWords } from '#cards/progress-words';
import { type SiteTime, siteTime } from '#cards/site-time';
import { type CaseState, changesOf } from '#domain/case-state';
import { planParts } from '#domain/deviation-part';
import { isAtOrAfter } from '#domain/instant';
import type { Part } from '#domain/part';
import { decisionsFor, openRequirements, partStatus } from '#domain/part-status';

/** One stage of a case: what it is, where it stands. Markdown. */
export interface StageLine {
  readonly word: string;
  readonly colour: TextColour;
  readonly title: string;
  readonly text: string;
}

/** What a part is called while it is under way, and once it is done. */
const titles: Readonly<Record<string, readonly [string, string]>> = {
  access: ['Access closes', 'Access closed'],
  'hand-over': ['Hand-over', 'Handed over'],
  closing: ['Mail is kept, licences go back', 'Mail kept, licences back'],
};

function titleOf(part: Part, done: boolean): string {
  const [base] = part.partId.split('-added');
  const [before, after] = titles[base ?? ''] ?? [part.title, part.title];
  return markdown`${done ? after : before}${part.partId.includes('-added') ? ': found since' : ''}`;
}

/** A line per part, in the order in which people wait for them. */
export function stageLines(state: CaseState, context: CardContext): readonly StageLine[] {
  const time = siteTime(state.record.person, state.record.zone, context);
  const plan = planParts(state.parts).map((part) =>
    withSilence(stageOf(state, part, context, time), state, part, context, time),
  );
  return [...plan, ...deviationStages(state, context, time)];
}

/** That nobody decided is told also when the part goes ahead: whoever was asked reads it here. */
function withSilence(line: StageLine, state: CaseState, part: Part, context: CardContext, time: SiteTime): StageLine {
  const silent = part.requirements
    .flatMap((requirement) => decisionsFor(part, requirement, state.decisions))
    .find((decision) => decision.decidedBy === 'clock' && decision.outcome === 'approved');
  return silent ? { ...line, text: `${line.text} · ${decisionLine(state.record, silent, context, time)}` } : line;
}

function stageOf(state: CaseState, part: Part, context: CardContext, time: SiteTime): StageLine {
  const status = partStatus(state, part);
  const changes = changesOf(state, part);
  const count = progressWords(progressOf(changes));
  const title = titleOf(part, status === 'ended');
  switch (status) {
    case 'rejected':
      return { word: 'Rejected', colour: 'Attention', title, text: rejection(state, part, context, time) };
    case 'awaiting':
      return { word: 'Waits', colour: 'Accent', title, text: waiting(state, part, context, time) };
    case 'approved':
      return { word: 'Later', colour: 'Default', title, text: starts(state, part, context, time) };
    case 'running':
      return running(state, part, title, count);
    case 'ended': {
      const last = changes
        .flatMap((change) => (change.endedAt ? [change.endedAt] : []))
        .sort()
        .at(-1);
      return { word: 'Done', colour: 'Default', title: last ? `${title} ${time.clock(last)}` : title, text: count };
    }
  }
}

function rejection(state: CaseState, part: Part, context: CardContext, time: SiteTime): string {
  const decision = state.decisions.find((d) => d.partHash === part.partHash && d.outcome === 'rejected');
  return decision ? decisionLine(state.record, decision, context, time) : 'It does not happen.';
}

function waiting(state: CaseState, part: Part, context: CardContext, time: SiteTime): string {
  const [requirement] = openRequirements(part, state.decisions);
  if (!requirement) return 'Waits for a decision.';
  const who = askedWords(state.record, requirement, context);
  const verb = isAtOrAfter(context.now, requirement.dueAt) ? 'was due' : 'due';
  const waits = markdown`Waiting for ${who} to decide, ${verb} ${time.due(requirement.dueAt)}`;
  return [waits, ...askedNotes(state, part, requirement, context, time)].join('. ');
}

function starts(state: CaseState, part: Part, context: CardContext, time: SiteTime): string {
  const approvals = part.requirements
    .flatMap((r) => decisionsFor(part, r, state.decisions))
    .filter((d) => d.decidedBy !== 'clock');
  const last = approvals.at(-1);
  const approved = last ? `${decisionLine(state.record, last, context, time)} · ` : '';
  return isAtOrAfter(context.now, part.startsAt)
    ? `${approved}starts next`
    : `${approved}starts ${time.due(part.startsAt)}`;
}

function running(state: CaseState, part: Part, title: string, count: string): StageLine {
  const progress = progressOf(changesOf(state, part));
  if (progress.excepted > 0) {
    const others = progress.total - progress.proved - progress.byHand - progress.waived - progress.excepted;
    const rest = others > 0 ? ` · ${plural(others, 'change')} to go` : '';
    return { word: 'Needs IT', colour: 'Attention', title, text: `${count} · ${progress.excepted} with IT${rest}` };
  }
  const waits = progress.verifying > 0 ? ` · waiting for Microsoft 365 to show ${progress.verifying}` : '';
  return { word: 'Now', colour: 'Accent', title, text: `${count}${waits}` };
}
