import { plural } from '#cards/plural';
import type { CaseState } from '#domain/case-state';
import type { ChangeRecord } from '#domain/change';
import { isRejected } from '#domain/part-status';

/** How far a set of changes has come. What was already so counts nowhere: nothing had to be proved of it by doing. */
export interface Progress {
  readonly total: number;
  /** Read back, twice. */
  readonly proved: number;
  readonly byHand: number;
  readonly waived: number;
  readonly excepted: number;
  /** Applied, and Microsoft 365 does not show it yet. */
  readonly verifying: number;
}

export function progressOf(changes: readonly ChangeRecord[]): Progress {
  const counted = changes.filter((change) => change.status !== 'not-needed');
  const of = (status: ChangeRecord['status']) => counted.filter((change) => change.status === status).length;
  return {
    total: counted.length,
    proved: of('confirmed'),
    byHand: of('done-by-hand'),
    waived: of('waived'),
    excepted: of('exception'),
    verifying: of('verifying'),
  };
}

/** The changes that are to happen: those of rejected parts are not. */
export function wantedChanges(state: CaseState): readonly ChangeRecord[] {
  const rejected = state.parts.filter((part) => isRejected(part, state.decisions)).map((part) => part.partId);
  return state.changes.filter((change) => !rejected.includes(change.partId));
}

/** `14 of 23 changes proved · 1 done by hand` */
export function progressWords(progress: Progress, verb: 'proved' | 'read back' = 'proved'): string {
  const readable = progress.total - progress.byHand - progress.waived;
  const counts = [
    ...(readable > 0 ? [`${progress.proved} of ${plural(readable, 'change')} ${verb}`] : []),
    ...(progress.byHand > 0 ? [`${progress.byHand} done by hand`] : []),
    ...(progress.waived > 0 ? [`${progress.waived} waived`] : []),
  ];
  return counts.length > 0 ? counts.join(' · ') : 'nothing to change';
}
