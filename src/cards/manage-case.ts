import type { CardContext } from '#cards/card-context';
import { type ButtonData, buttonData } from '#cards/card-data';
import type { CaseState } from '#domain/case-state';

/** What HR can still do to a case of which nothing has begun. */
export interface ManageCase {
  readonly reschedule: ButtonData;
  readonly cancel: ButtonData;
  /** `YYYY-MM-DD` and `HH:mm` of the present moment, where the person works. */
  readonly day: string;
  readonly clock: string;
  /** What can be left alone for a while: in the end everything, which is a hold. None where the workflow keeps nothing. */
  readonly keep: readonly KeepForm[];
}

export interface KeepForm {
  readonly keep: ButtonData;
  readonly choices: readonly { readonly title: string; readonly value: string }[];
}

/** The word for everything at once. */
export const holdWord = 'everything';

/** None once something has begun, and for whom it is not to do; whether they may is looked at again at the click. */
export function manageCase(state: CaseState, context: CardContext): readonly ManageCase[] {
  const { record, parts } = state;
  const { viewer } = context;
  const isHr = viewer?.sees === 'hr' || (viewer?.sees === 'requester' && record.requesterIsHr);
  const over = record.cancelled !== undefined || record.milestones.completedAt !== undefined;
  if (!isHr || over || record.follows !== undefined || parts.some(({ startedAt }) => startedAt)) return [];
  const { date, time } = context.calendar.toLocal(record.effectiveAt, record.zone);
  const ids = { caseId: record.caseId };
  return [
    {
      reschedule: buttonData('reschedule', ids),
      cancel: buttonData('cancel-case', ids),
      day: date,
      clock: time,
      keep: keepForm(context, ids),
    },
  ];
}

function keepForm({ keepable = [] }: CardContext, ids: { readonly caseId: string }): readonly KeepForm[] {
  if (keepable.length === 0) return [];
  const choices = keepable.map(({ word, title }) => ({ title, value: word }));
  return [{ keep: buttonData('keep', ids), choices: [...choices, { title: 'Everything waits', value: holdWord }] }];
}
