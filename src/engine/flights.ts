import type { Clock } from '#engine/ports/clock';

/** Counts landings: what was read at one mark is old for whatever has landed since. */
export type Mark = number;

/** Changes under way, each going its own way: no change waits for another's request. */
export interface Flights {
  readonly size: number;
  /** Taken before the state is read. */
  mark(): Mark;
  /** Nothing is under way, nor was when the mark was taken: what was read then holds for every change. */
  isStill(since: Mark): boolean;
  /** Starts, unless the same is under way or has landed since the mark: its row was read before that. */
  launch(key: string, since: Mark, flight: () => Promise<void>): void;
  /** Resolves when one has landed, or after `ms`. */
  next(ms: number): Promise<void>;
  /** Throws what the first one that failed threw. */
  check(): void;
  /** Resolves when none is under way any more. Throws nothing: for the way out, when something was thrown already. */
  landed(): Promise<void>;
}

export function createFlights(clock: Clock): Flights {
  const underWay = new Map<string, Promise<void>>();
  const landedAt = new Map<string, Mark>();
  const failures: unknown[] = [];
  let landings: Mark = 0;
  return {
    get size() {
      return underWay.size;
    },
    mark: () => landings,
    isStill: (since) => underWay.size === 0 && landings === since,
    launch(key, since, flight) {
      if (underWay.has(key) || (landedAt.get(key) ?? 0) > since) return;
      const landing = flight()
        .catch((error: unknown) => {
          failures.push(error);
        })
        .finally(() => {
          landings += 1;
          landedAt.set(key, landings);
          underWay.delete(key);
        });
      underWay.set(key, landing);
    },
    async next(ms) {
      const landedFirst = new AbortController();
      await Promise.race([...underWay.values(), clock.wait(ms, landedFirst.signal)]);
      landedFirst.abort();
    },
    check() {
      if (failures.length > 0) throw failures[0];
    },
    async landed() {
      await Promise.all(underWay.values());
    },
  };
}
