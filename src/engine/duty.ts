import type { CaseState } from '#domain/case-state';
import type { Instant } from '#domain/instant';
import type { CaseRun } from '#engine/case-run';
import type { Engine } from '#engine/engine';

/** Something that a case wants done because time has passed: a reminder, a deadline, a look after closure. */
export interface Duty {
  /** Does one thing that is due by `now`, in one commit; answers whether it did. Called again on what is true then. */
  act(run: CaseRun, state: CaseState, now: Instant): Promise<boolean>;
  /** When the case wants to be looked at for it next; `undefined`: not by itself. */
  dueAt(engine: Engine, state: CaseState): Instant | undefined;
}
