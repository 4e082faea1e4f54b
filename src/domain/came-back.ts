import type { CaseState } from '#domain/case-state';
import type { CaseException } from '#domain/exception';

export const signedIn = 'latchkey.signed-in';

/** Whether an exception tells of something that came back, or happened, after the case was closed. */
export function cameBack({ record }: Pick<CaseState, 'record'>, exception: CaseException): boolean {
  const { completedAt } = record.milestones;
  if (completedAt === undefined || exception.openedAt < completedAt) return false;
  return exception.stepId !== undefined || exception.code === signedIn;
}

/** Everything of that kind, in the order in which it was found. */
export function allThatCameBack(state: CaseState): readonly CaseException[] {
  return state.exceptions.filter((exception) => cameBack(state, exception));
}
