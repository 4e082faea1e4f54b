import { runHouse, type Tried } from '#app/house-loop';
import type { Engine } from '#engine/engine';
import { beatAtStart, pulse } from '#engine/house/pulse';
import type { HouseDuty } from '#engine/house-duty';
import { runWorker, type WorkerOptions } from '#engine/worker';

export interface WorkOptions extends WorkerOptions {
  readonly duties: readonly HouseDuty[];
  readonly tried: Tried;
  /** Resolves when the tenant has told what time it is. */
  readonly timeIsKnown: (signal: AbortSignal) => Promise<void>;
}

const againMs = 5_000;

/**
 * The workers and the house, until the signal aborts. Nothing that depends on the date begins before the tenant has told the time,
 * and nothing that became due meanwhile is done before an outage is on the record.
 */
export async function runWork(engine: Engine, options: WorkOptions): Promise<void> {
  const { signal, duties, tried, timeIsKnown } = options;
  await timeIsKnown(signal);
  while (!signal.aborted && !(await isSaid(engine, beatAtStart))) await engine.clock.wait(againMs, signal);
  if (signal.aborted) return;
  const others = duties.filter((duty) => duty !== pulse);
  await Promise.all([
    runWorker(engine, options),
    // By itself: a duty that takes long must not look like an absence.
    runHouse(engine, [pulse], signal, tried),
    runHouse(engine, others, signal, tried),
  ]);
  // What ends in order is away from now on, not from the last beat on.
  await isSaid(engine, pulse.act);
}

async function isSaid(engine: Engine, beat: (engine: Engine) => Promise<void>): Promise<boolean> {
  try {
    await beat(engine);
    return true;
  } catch (error) {
    engine.report('saying that Latchkey is there', error);
    return false;
  }
}
