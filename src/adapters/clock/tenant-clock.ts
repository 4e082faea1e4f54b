import { z } from 'zod';

const answerShape = z.object({ now: z.string().datetime({ offset: true }) });

/** A difference this small is the journey of the question, not somebody moving the clock. */
const toleranceMs = 25;

export interface TenantClockOptions {
  /** Origin of the simulated tenant. */
  readonly origin: string;
  readonly pollMs?: number;
  readonly timeoutMs?: number;
  /** Told of every poll that failed; the last offset is kept meanwhile. */
  readonly onFailure?: (error: Error) => void;
}

/**
 * How far a simulated tenant's clock is ahead of this machine's, polled from `GET {origin}/_sandbox/clock`. Sandbox mode only:
 * a real tenant has no such clock, and there the offset is 0.
 */
export interface TenantClock {
  offsetMs(): number;
  /** Polls once and resolves when that poll was answered or failed; then goes on polling. */
  start(): Promise<void>;
  /** Polls now, outside the rhythm. Throws when the clock could not be read. */
  refresh(): Promise<void>;
  stop(): void;
}

export function createTenantClock(options: TenantClockOptions): TenantClock {
  const pollMs = options.pollMs ?? 1000;
  let offset = 0;
  let timer: NodeJS.Timeout | undefined;
  let running = false;

  async function refresh(): Promise<void> {
    const reading = await readClock(options);
    // The answer was true somewhere between asking and hearing; anything closer than that is noise, and time must not jitter.
    if (Math.abs(reading.offsetMs - offset) > toleranceMs + reading.uncertaintyMs) offset = reading.offsetMs;
  }

  async function poll(): Promise<void> {
    try {
      await refresh();
    } catch (error) {
      options.onFailure?.(error instanceof Error ? error : new Error(String(error)));
    }
    if (!running) return;
    timer = setTimeout(() => void poll(), pollMs);
    timer.unref();
  }

  return {
    offsetMs: () => offset,
    refresh,
    async start() {
      if (running) return;
      running = true;
      await poll();
    },
    stop() {
      running = false;
      clearTimeout(timer);
    },
  };
}

async function readClock(options: TenantClockOptions): Promise<{ offsetMs: number; uncertaintyMs: number }> {
  const url = new URL('/_sandbox/clock', options.origin);
  const asked = Date.now();
  const response = await fetch(url, { signal: AbortSignal.timeout(options.timeoutMs ?? 2000), redirect: 'error' });
  const body: unknown = await response.json();
  const heard = Date.now();
  if (!response.ok) throw new Error(`the tenant's clock answered ${response.status}`);
  const { now } = answerShape.parse(body);
  return { offsetMs: Math.round(Date.parse(now) - (asked + heard) / 2), uncertaintyMs: (heard - asked) / 2 };
}
