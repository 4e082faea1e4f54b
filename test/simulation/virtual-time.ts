/** Time that passes only when everything that could happen now has happened. */
export interface VirtualTime {
  /** Milliseconds since the simulation began. */
  now(): number;
  at(when: number, run: () => void): void;
  /** Resolves after `ms`, or at once when the signal aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  runUntil(limit: number): Promise<void>;
}

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

export function virtualTime(): VirtualTime {
  let now = 0;
  const timers: Timer[] = [];

  function at(when: number, run: () => void): void {
    const timer = { at: Math.max(when, now), run };
    let index = timers.length;
    // Kept from late to early, so that the next is popped; of two at one instant the earlier asked goes first.
    while (index > 0 && (timers[index - 1]?.at ?? 0) <= timer.at) index -= 1;
    timers.splice(index, 0, timer);
  }

  return {
    now: () => now,
    at,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const stop = () => resolve();
        at(now + ms, () => {
          signal?.removeEventListener('abort', stop);
          resolve();
        });
        signal?.addEventListener('abort', stop, { once: true });
      }),
    async runUntil(limit) {
      for (;;) {
        await allThatCanHappenNow();
        const next = timers.at(-1);
        if (next === undefined || next.at > limit) break;
        timers.pop();
        now = next.at;
        next.run();
      }
      now = Math.max(now, limit);
    },
  };
}

/** The store is synchronous and every other wait is a timer of ours, so that one turn of the real loop ends all promise work. */
function allThatCanHappenNow(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
