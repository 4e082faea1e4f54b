import { askedNotes } from '#cards/asked-notes';
import type { CardContext } from '#cards/card-context';
import { type ChangeRow, changeRows, type RowOptions } from '#cards/change-rows';
import { type Worded, wordChanges } from '#cards/change-words';
import { type Asked, askedWords } from '#cards/decision-words';
import { markdown } from '#cards/escape-markdown';
import { siteTime } from '#cards/site-time';
import { type CaseState, changesOf } from '#domain/case-state';
import type { ChangeRecord, Risk } from '#domain/change';
import { planParts } from '#domain/deviation-part';
import type { Part } from '#domain/part';
import { isApproved, isRejected, openRequirements } from '#domain/part-status';

/** A heading with the changes under it. Markdown. */
export interface Section {
  readonly title: string;
  readonly rows: readonly ChangeRow[];
  /** What stands out about the section as a whole. */
  readonly attention: readonly string[];
}

/** What Latchkey will really do: what was already so when the plan was made is no change. */
export function plannedChanges(state: CaseState, parts: readonly Part[]): readonly ChangeRecord[] {
  return parts.flatMap((part) => changesOf(state, part).filter((change) => change.status !== 'not-needed'));
}

const riskWords: Readonly<Record<Risk, readonly string[]>> = {
  routine: [],
  elevated: ['Elevated: opens data to somebody else, or touches administrator rights.'],
  destructive: ['Part of this cannot be undone.'],
};

function section(
  state: CaseState,
  title: string,
  parts: readonly Part[],
  context: CardContext,
  options: RowOptions,
  notes: readonly string[] = [],
): readonly Section[] {
  const rows = changeRows(wordChanges(plannedChanges(state, parts), context), options);
  if (rows.length === 0) return [];
  const risks = [...new Set(parts.flatMap((part) => riskWords[part.risk]))];
  return [{ title, rows, attention: [...notes, ...risks] }];
}

/** The plan in three: what the viewer decides, what happens anyway, what somebody else decides. */
export function planSections(state: CaseState, asked: readonly Asked[], context: CardContext): readonly Section[] {
  const { viewer } = context;
  const delegate = state.record.delegate;
  const options: RowOptions = {
    tense: 'will',
    ...(delegate && viewer?.userId === delegate.userId ? { you: delegate } : {}),
  };
  const mine = state.parts.filter((part) => asked.some((item) => item.part === part));
  const others = planParts(state.parts).filter((part) => !mine.includes(part));
  const anyway = others.filter((part) => isApproved(part, state.decisions));
  const rejected = others.filter((part) => isRejected(part, state.decisions));
  const waiting = others.filter((part) => !anyway.includes(part) && !rejected.includes(part));
  return [
    ...section(state, ownTitle(state, asked), mine, context, options, added(mine)),
    ...section(state, 'Happens anyway', anyway, context, options),
    ...waitingSections(state, waiting, context, options),
    ...section(state, 'Rejected: does not happen', rejected, context, options),
  ];
}

function ownTitle(state: CaseState, asked: readonly Asked[]): string {
  if (state.record.cancelled) return 'What was asked';
  if (asked.some((item) => item.open)) return 'You decide';
  return asked.some((item) => isRejected(item.part, state.decisions)) ? 'Rejected: does not happen' : 'Goes ahead';
}

/** Parts that wait for the same people stand together. */
function waitingSections(
  state: CaseState,
  waiting: readonly Part[],
  context: CardContext,
  options: RowOptions,
): readonly Section[] {
  const notes = [...new Set(waiting.map((part) => waitsFor(state, part, context)))];
  return notes.flatMap((note) => {
    const parts = waiting.filter((part) => waitsFor(state, part, context) === note);
    return section(state, 'Others decide', parts, context, options, [note]);
  });
}

function added(parts: readonly Part[]): readonly string[] {
  return parts.some((part) => part.partId.includes('-added'))
    ? ['Found since the request was confirmed, so it is asked about again.']
    : [];
}

function waitsFor(state: CaseState, part: Part, context: CardContext): string {
  const [requirement] = openRequirements(part, state.decisions);
  if (!requirement) return 'Waits for a decision.';
  const time = siteTime(state.record.person, state.record.zone, context);
  const waits = markdown`Waits for ${askedWords(state.record, requirement, context)}, asked to decide by ${time.due(requirement.dueAt)}.`;
  return [waits, ...askedNotes(state, part, requirement, context, time)].join(' ');
}

/** The one line about what an approval also covers when the tenant moves on before it runs. */
export function coveredLine(worded: readonly Worded[]): readonly string[] {
  const kinds = new Set(worded.map((item) => item.change.target.kind));
  const nouns = [...(kinds.has('group') ? ['groups'] : []), ...(kinds.has('list') ? ['lists'] : [])];
  if (nouns.length === 0) return [];
  const subject = nouns.join(' and ');
  return [
    `${subject.charAt(0).toUpperCase()}${subject.slice(1)} joined until then are left too. Anything else that is new is asked about first.`,
  ];
}
