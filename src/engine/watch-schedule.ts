import type { CaseRecord } from '#domain/case';
import { type CaseState, openExceptions } from '#domain/case-state';
import { earliest, type Instant, isAtOrAfter, plusMs } from '#domain/instant';
import type { Watch } from '#domain/watch';
import type { Engine } from '#engine/engine';
import { workflowOf } from '#engine/plan-parts';
import { stepsOfCase, type WorkflowStep } from '#engine/workflow';

export const watchFailed = 'latchkey.watch-failed';

/** When a closed case is looked at again, all looks in order; empty: it is not watched. */
function looksOf(engine: Engine, record: CaseRecord): readonly Instant[] {
  const { completedAt } = record.milestones;
  const { watch } = workflowOf(engine, record);
  if (!completedAt || !watch || watchedSteps(engine, record).length === 0) return [];
  const hours = [...watch.hours(engine.policy)].sort((a, b) => a - b);
  return hours.map((h) => plusMs(completedAt, h * 3_600_000));
}

/** The steps that are planned again after closure. */
export function watchedSteps(engine: Engine, record: CaseRecord): readonly WorkflowStep[] {
  const workflow = workflowOf(engine, record);
  return stepsOfCase(workflow, record).filter(({ part }) => workflow.watch?.parts.includes(part));
}

/** Where the watch of a case stands: what the record says, or its beginning. */
export function watchOf(engine: Engine, record: CaseRecord): Watch | undefined {
  if (record.watch) return record.watch;
  const [first] = looksOf(engine, record);
  return first === undefined ? undefined : { done: 0, nextAt: first };
}

/** What a look at this moment answers. */
export interface DueLook {
  /** Its place among the planned looks, from 1; none: somebody or the daily sweep asked for it. */
  readonly number?: number;
  /** Planned looks that this one stands in for, because nobody was there when they were due. */
  readonly skipped: number;
  readonly dueAt: Instant;
  /** The watch once it was taken. */
  readonly after: Pick<Watch, 'done' | 'nextAt'>;
}

/** The look that is due by `now`, if one is. A late one is taken once and says so; the others follow the schedule from closure. */
export function dueLook(engine: Engine, state: CaseState, watch: Watch, now: Instant): DueLook | undefined {
  const looks = looksOf(engine, state.record);
  const due = looks.slice(watch.done).filter((at) => isAtOrAfter(now, at));
  const last = due.at(-1);
  if (last !== undefined) {
    const done = watch.done + due.length;
    return { number: done, skipped: due.length - 1, dueAt: last, after: scheduled(done, looks) };
  }
  const { failed, asked } = watch;
  const again = failed && isAtOrAfter(now, failed.againAt) ? failed.againAt : undefined;
  const wished = openExceptions(state).some((e) => e.code === watchFailed && e.retry?.taken === false);
  if (!again && asked === undefined && !wished) return undefined;
  return { skipped: 0, dueAt: again ?? now, after: scheduled(watch.done, looks) };
}

function scheduled(done: number, looks: readonly Instant[]): Pick<Watch, 'done' | 'nextAt'> {
  const nextAt = looks[done];
  return nextAt === undefined ? { done } : { done, nextAt };
}

export function nextLook(engine: Engine, record: CaseRecord): Instant | undefined {
  const watch = watchOf(engine, record);
  return earliest([watch?.nextAt, watch?.failed?.againAt]);
}
