import { cameBackAt } from '#cards/came-back-words';
import type { CardContext } from '#cards/card-context';
import { type ButtonData, buttonData } from '#cards/card-data';
import { nameIn, roleName } from '#cards/decision-words';
import { awaitedWords } from '#cards/deviation-words';
import { escapeMarkdown, markdown } from '#cards/escape-markdown';
import { plainText } from '#cards/plain-text';
import type { SiteTime } from '#cards/site-time';
import type { CaseState } from '#domain/case-state';
import { hasEnded } from '#domain/change';
import { type DeviationPart, deviationStatus, deviationsOf } from '#domain/deviation-part';
import type { CaseException } from '#domain/exception';
import { isAtOrAfter } from '#domain/instant';

/** What IT needs of one open exception. Markdown. */
export interface ExceptionBlock {
  readonly title: string;
  readonly saw: string;
  readonly advice: string;
  readonly facts: readonly { readonly title: string; readonly value: string }[];
  /** Owner and due time in one line, where the block is not the first. */
  readonly brief: string;
  /** Both buttons; none while an answer to the last click is awaited. */
  readonly working: readonly { readonly retry: ButtonData; readonly byHand: ButtonData }[];
  /** Buttons that leave it to somebody else, or as it is. */
  readonly steering: readonly Steering[];
  readonly pending: readonly string[];
}

interface Steering {
  /** Keeps the inputs of one exception apart from those of the others. */
  readonly number: string;
  readonly canWaive: boolean;
  readonly waive: ButtonData;
  readonly canReassign: boolean;
  readonly reassign: ButtonData;
  readonly choices: readonly { readonly title: string; readonly value: string }[];
}

/** Most urgent first: severity, then due time, then number. */
export function inOrder(exceptions: readonly CaseException[]): readonly CaseException[] {
  const rank = (e: CaseException) => `${e.severity === 'high' ? 0 : 1}|${e.dueAt}|${e.exceptionId.padStart(6, '0')}`;
  return [...exceptions].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** How much room each text has: the first block in full, those under it shorter, so that the card stays within its size. */
type Room = 'first' | 'other';
const textLength: Readonly<Record<Room, number>> = { first: 500, other: 150 };

export function exceptionBlock(
  state: CaseState,
  exception: CaseException,
  context: CardContext,
  time: SiteTime,
  room: Room,
): ExceptionBlock {
  const ids = { caseId: state.record.caseId, exceptionId: exception.exceptionId };
  const pending = pendingLines(state, exception, context, time);
  const owner = ownerWords(exception);
  const wish = wishAbout(state, exception);
  const late = isAtOrAfter(context.now, exception.dueAt);
  const due = `${time.due(exception.dueAt)} (${escapeMarkdown(time.site)})`;
  const held = waiting(state, exception, context);
  return {
    title: escapeMarkdown(exception.title, room === 'first' ? 160 : 120),
    saw: `**What we saw:** ${escapeMarkdown(exception.saw, textLength[room])}`,
    advice: `**What to do:** ${escapeMarkdown(exception.advice, textLength[room])}`,
    facts: [
      { title: 'Owner', value: owner },
      { title: late ? 'Overdue' : 'Due', value: late ? `since ${due}${putBefore(exception)}` : due },
      ...saidWords(state, exception, context, time),
      ...triedWords(state, exception, context, time),
      { title: 'Access', value: accessWords(state, time) },
      ...held.map((value) => ({ title: 'Waits for this', value })),
    ],
    brief: `No. ${escapeMarkdown(exception.exceptionId)} · ${owner}, ${late ? '**overdue** since' : 'due'} ${due}${held.map((value) => ` · waits for this: ${value}`).join('')}`,
    working: pending.length > 0 ? [] : [{ retry: buttonData('retry', ids), byHand: buttonData('done-by-hand', ids) }],
    steering: steeringOf(exception, wish === undefined && pending.length === 0, room, context, ids),
    pending: [...pending, ...wishLines(state, wish, context, time)],
  };
}

/** Choices for those below the first are fewer: the rest is a command away. */
const mostChoices: Readonly<Record<Room, number>> = { first: 12, other: 5 };

function steeringOf(
  exception: CaseException,
  idle: boolean,
  room: Room,
  context: CardContext,
  ids: { readonly caseId: string; readonly exceptionId: string },
): readonly Steering[] {
  const { owner } = exception;
  const choices = (context.assignees ?? [])
    .filter(({ userId }) => owner.kind === 'role' || owner.userId !== userId)
    .slice(0, mostChoices[room])
    .map(({ userId, displayName }) => ({ title: plainText(displayName, 40), value: userId }));
  // Only a decision ends what waits for one.
  const canWaive = idle && !exception.changeKey?.startsWith('decision:');
  const canReassign = choices.length > 0;
  if (!canWaive && !canReassign) return [];
  return [
    {
      number: ids.exceptionId,
      canWaive,
      waive: buttonData('waive', ids),
      canReassign,
      reassign: buttonData('reassign', ids),
      choices,
    },
  ];
}

function wishAbout(state: CaseState, { exceptionId }: CaseException): DeviationPart | undefined {
  return deviationsOf(state).find(
    (part) =>
      part.deviation.exceptionId === exceptionId &&
      ['waiting', 'signed'].includes(deviationStatus(part, state.decisions)),
  );
}

function wishLines(
  state: CaseState,
  wish: DeviationPart | undefined,
  context: CardContext,
  time: SiteTime,
): readonly string[] {
  if (!wish) return [];
  const { askedBy, until, reason } = wish.deviation;
  const asker = nameIn(state.record, askedBy, context);
  return [
    markdown`**Waive** asked for by ${asker} until ${time.due(until)}: ${plainText(reason, 150)}. Waits for ${awaitedWords(state, wish)}; until then it stays open.`,
  ];
}

function putBefore({ escalated }: CaseException): string {
  return escalated ? `; put before ${roleName(escalated.to)}` : '';
}

/** Somebody's word against what the tenant shows: both stand there. */
function saidWords(state: CaseState, { contradicted }: CaseException, context: CardContext, time: SiteTime) {
  if (!contradicted) return [];
  const { by, at, note } = contradicted;
  const value = markdown`${nameIn(state.record, by, context)}, ${time.short(at)}: “${plainText(note, 150)}”. The tenant does not show it.`;
  return [{ title: 'By hand, said', value }];
}

/** Nothing that changes with every proof: an edit would take the note from under the fingers of whoever is writing one. */
function accessWords(state: CaseState, time: SiteTime): string {
  const { accessClosedAt } = state.record.milestones;
  const was = cameBackAt(state) === undefined ? '' : 'was ';
  return accessClosedAt ? `${was}closed ${time.short(accessClosedAt)}` : 'not proved closed yet';
}

function ownerWords({ owner }: CaseException): string {
  return owner.kind === 'role' ? roleName(owner.role) : escapeMarkdown(owner.displayName);
}

function triedWords(state: CaseState, { triedAgain }: CaseException, context: CardContext, time: SiteTime) {
  if (!triedAgain) return [];
  const { by, at, times } = triedAgain;
  const often = times === 1 ? 'once' : `${times} times, last`;
  return [
    {
      title: 'Tried again',
      value: markdown`${often} ${time.short(at)} for ${nameIn(state.record, by, context)}, and not proved`,
    },
  ];
}

function pendingLines(
  state: CaseState,
  exception: CaseException,
  context: CardContext,
  time: SiteTime,
): readonly string[] {
  const { retry, byHand } = exception;
  if (retry && !retry.taken)
    return [
      markdown`**Retry** asked for by ${nameIn(state.record, retry.by, context)}, ${time.short(retry.at)}. It runs next; this card then shows what came of it.`,
    ];
  const change = state.changes.find((c) => c.change.key === exception.changeKey);
  if (byHand && change && change.status === 'verifying')
    return [
      markdown`**Done by hand**, says ${nameIn(state.record, byHand.by, context)}, ${time.short(byHand.at)}: ${plainText(byHand.note, 200)}. It is being read back.`,
    ];
  if (retry && change && (change.status === 'applying' || change.status === 'verifying'))
    return [
      markdown`**Being tried again** since ${time.short(retry.at)}, asked for by ${nameIn(state.record, retry.by, context)}.`,
    ];
  return [];
}

const mostWaiting = 3;

function waiting(state: CaseState, exception: CaseException, context: CardContext): readonly string[] {
  const { stepId } = exception;
  if (stepId === undefined) return [];
  const after = context.dependents?.(stepId) ?? [];
  const held = state.changes.filter(
    (change) =>
      !hasEnded(change) &&
      change.change.key !== exception.changeKey &&
      (after.includes(change.stepId) || change.change.alsoAfter?.includes(stepId)),
  );
  if (held.length === 0) return [];
  const words = [...new Set(held.map((change) => context.describe(change.stepId, change.change).will))];
  const more = words.length - mostWaiting;
  const value = words
    .slice(0, mostWaiting)
    .map((text) => escapeMarkdown(text, 120))
    .join(' · ');
  return [more > 0 ? `${value} and ${more} more` : value];
}

/** `Solved: … by Sam Okoro, 20 Nov, 17:40 (done by hand: …)` */
export function resolvedLine(state: CaseState, exception: CaseException, context: CardContext, time: SiteTime): string {
  const { resolution } = exception;
  if (!resolution) return escapeMarkdown(exception.title, 160);
  const how = { confirmed: 'solved', 'done-by-hand': 'done by hand', waived: 'waived' }[resolution.as];
  const until = resolution.until ? ` until ${time.due(resolution.until)}` : '';
  const who = resolution.by === 'clock' ? '' : markdown` by ${nameIn(state.record, resolution.by, context)}`;
  return `${escapeMarkdown(exception.title, 160)}: **${how}**${who}, ${time.short(resolution.at)}${until}${resolution.note ? ` · ${escapeMarkdown(resolution.note, 200)}` : ''}`;
}
