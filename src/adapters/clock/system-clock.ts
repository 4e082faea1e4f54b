import { toInstant } from '#domain/instant';
import type { Clock } from '#engine/ports/clock';

/** Node turns a longer timeout into one millisecond. */
const longestTimerMs = 2 ** 31 - 1;

export interface SystemClockOptions {
  /** How far the tenant's clock is ahead of this machine's, in ms: 0 in production, see `tenant-clock` for sandbox mode. */
  readonly offsetMs: () => number;
}

export function createSystemClock({ offsetMs }: SystemClockOptions): Clock {
  return {
    tenantNow: () => toInstant(Date.now() + offsetMs()),
    machineNow: () => Date.now(),
    monotonic: () => performance.now(),
    wait,
  };
}

async function wait(ms: number, signal?: AbortSignal): Promise<void> {
  let left = Math.max(0, ms);
  do {
    await waitOnce(Math.min(left, longestTimerMs), signal);
    left -= longestTimerMs;
  } while (left > 0 && !signal?.aborted);
}

function waitOnce(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });
}
