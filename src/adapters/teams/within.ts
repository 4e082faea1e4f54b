import type { Clock } from '#engine/ports/clock';

export type Settled<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

/** The outcome as a value, so that work left running cannot become an unhandled rejection. */
export async function settled<T>(work: () => Promise<T>): Promise<Settled<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error };
  }
}

/** The work's outcome when it comes within `ms`, else undefined; the work goes on. */
export async function within<T>(clock: Clock, ms: number, work: Promise<Settled<T>>): Promise<Settled<T> | undefined> {
  const stop = new AbortController();
  const first = await Promise.race([work, clock.wait(ms, stop.signal).then(() => undefined)]);
  stop.abort();
  return first;
}
