import type { Engine } from '#engine/engine';
import type { HouseDuty } from '#engine/house-duty';

const idleMs = 60_000;

/** Told of each try of a duty, by name. */
export type Tried = (name: string, failed: boolean) => void;

/** Looks at each duty in turn, each as often as it wants, until the signal aborts. One that fails is reported and tried again in its turn. */
export async function runHouse(
  engine: Engine,
  duties: readonly HouseDuty[],
  signal: AbortSignal,
  tried: Tried = () => undefined,
): Promise<void> {
  const { clock } = engine;
  const next = new Map<string, number>();
  while (!signal.aborted) {
    for (const duty of duties) {
      if (signal.aborted) return;
      if ((next.get(duty.name) ?? 0) > clock.monotonic()) continue;
      const failed = await duty.act(engine).then(
        () => false,
        (error: unknown) => {
          engine.report(`the house: ${duty.name}`, error);
          return true;
        },
      );
      tried(duty.name, failed);
      next.set(duty.name, clock.monotonic() + duty.everyMs);
    }
    const soonest = Math.min(clock.monotonic() + idleMs, ...duties.map(({ name }) => next.get(name) ?? 0));
    await clock.wait(Math.max(50, soonest - clock.monotonic()), signal);
  }
}
