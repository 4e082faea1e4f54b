import type { CaseRecord } from '#domain/case';
import type { ChangeRecord } from '#domain/change';
import type { CaseException } from '#domain/exception';
import type { Decision, Part } from '#domain/part';
import type { Question } from '#domain/question';

/** Everything the store holds of one case, read together; parts and changes are those of the plan's present revision. */
export interface CaseState {
  readonly record: CaseRecord;
  /** Of the case document, for conditional writes. */
  readonly version: number;
  readonly parts: readonly Part[];
  readonly changes: readonly ChangeRecord[];
  readonly decisions: readonly Decision[];
  readonly exceptions: readonly CaseException[];
  readonly questions: readonly Question[];
}

export function changesOf(state: CaseState, part: Part): readonly ChangeRecord[] {
  return state.changes.filter((change) => change.partId === part.partId);
}

export function openExceptions(state: CaseState): readonly CaseException[] {
  return state.exceptions.filter((exception) => exception.resolution === undefined);
}
