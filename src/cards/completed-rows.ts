import type { CardContext } from '#cards/card-context';
import { type ChangeRow, changeRows } from '#cards/change-rows';
import { wordChanges } from '#cards/change-words';
import { nameIn } from '#cards/decision-words';
import { escapeMarkdown, markdown } from '#cards/escape-markdown';
import { plainText } from '#cards/plain-text';
import { wantedChanges } from '#cards/progress-words';
import type { SiteTime } from '#cards/site-time';
import type { CaseState } from '#domain/case-state';
import type { ChangeRecord } from '#domain/change';
import type { Resolution } from '#domain/exception';

/** Whose eyes a completion card is for: everything, or what a manager needs of it. */
export type CompletedView = 'all' | 'manager';

const mostByHand = 6;

/** What was read back, grouped, in words; the manager's view keeps to what concerns the hand-over. */
export function provedRows(state: CaseState, context: CardContext, view: CompletedView): readonly ChangeRow[] {
  const proved = wantedChanges(state).filter((change) => change.status === 'confirmed');
  const shown = view === 'all' ? proved : proved.filter((change) => concernsHandOver(state, change));
  const { delegate } = state.record;
  const you = delegate && context.viewer?.userId === delegate.userId ? { you: delegate } : {};
  return changeRows(wordChanges(shown, context), { tense: 'done', ...you });
}

/** Of the mailbox, whatever part it stands in; of the access only that it is closed (said in the band). Addresses stay out. */
function concernsHandOver(state: CaseState, change: ChangeRecord): boolean {
  if (change.partId.startsWith('hand-over')) return true;
  return (
    change.partId.startsWith('closing') &&
    change.change.target.kind === 'mailbox' &&
    state.record.delegate !== undefined
  );
}

/** What people did or decided instead of Latchkey: each with who, when and why, told apart from what was read back. */
export function handRows(
  state: CaseState,
  context: CardContext,
  time: SiteTime,
  view: CompletedView,
): readonly ChangeRow[] {
  return (['done-by-hand', 'waived'] as const).flatMap((status) => {
    const changes = wantedChanges(state).filter((change) => change.status === status);
    const shown = view === 'all' ? changes : changes.filter((change) => concernsHandOver(state, change));
    const loose = view === 'all' ? looseExceptions(state, context, time, status) : [];
    const lines = [...shown.map((change) => handLine(state, change, context, time)), ...loose];
    if (lines.length === 0) return [];
    const more = lines.length - mostByHand;
    const told = [...lines.slice(0, mostByHand), ...(more > 0 ? [`and ${more} more; the evidence has all`] : [])];
    return [{ group: status === 'done-by-hand' ? 'By hand' : 'Waived', text: told.join('\n\n'), attention: [] }];
  });
}

function handLine(state: CaseState, change: ChangeRecord, context: CardContext, time: SiteTime): string {
  const words = context.describe(change.stepId, change.change);
  const exception = state.exceptions.find(
    (e) => e.exceptionId === change.exceptionId || e.changeKey === change.change.key,
  );
  const what = escapeMarkdown(change.status === 'done-by-hand' ? words.done : words.will, 160);
  const resolution = exception?.resolution;
  if (!resolution) return what;
  return `${what} ${markdown`(${nameIn(state.record, resolution.by, context)}, ${time.short(resolution.at)}: ${plainText(resolution.note, 200)})`}`;
}

/** Exceptions that belong to no change of the plan (something Latchkey could not even try). */
function looseExceptions(state: CaseState, context: CardContext, time: SiteTime, as: Resolution): readonly string[] {
  const keys = new Set(state.changes.map((change) => change.change.key));
  return state.exceptions.flatMap((exception) => {
    const { resolution } = exception;
    if (resolution?.as !== as || (exception.changeKey !== undefined && keys.has(exception.changeKey))) return [];
    const who = nameIn(state.record, resolution.by, context);
    return [
      markdown`${plainText(exception.title, 160)} (${who}, ${time.short(resolution.at)}: ${plainText(resolution.note, 200)})`,
    ];
  });
}
