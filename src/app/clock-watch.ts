import type { ServerClock } from '#adapters/clock/server-clock';
import type { Metrics } from '#app/metrics';
import type { Clock } from '#engine/ports/clock';

export interface ClockWatchOptions {
  readonly clock: Clock;
  readonly serverClock: ServerClock;
  /** Asks the tenant something small; its answer says what time it is there. */
  readonly ask: () => Promise<void>;
  readonly metrics: Pick<Metrics, 'clockDifference'>;
  readonly report: (what: string, error: unknown) => void;
}

const againMs = 5_000;
const lookMs = 20_000;
/** The tenant is heard at least this often, whether or not there is work. */
const freshMs = 40_000;
const toleranceMs = 120_000;

/** Resolves when the tenant has said what time it is, or at once when the signal aborts. */
export async function untilTimeIsKnown(options: ClockWatchOptions, signal: AbortSignal): Promise<void> {
  const { clock, serverClock, report } = options;
  for (let tries = 0; !signal.aborted; tries += 1) {
    const error = await asked(options);
    if (serverClock.heardAgoMs() !== undefined) return;
    // The second question is the rule where this machine's clock is wrong; only after it is something amiss.
    if (tries > 0) {
      const why = error ?? new Error('its answers have no Date');
      report('the tenant has not said what time it is; nothing begins before', why);
    }
    await clock.wait(tries === 0 ? 0 : againMs, signal);
  }
}

/** Hears the tenant regularly until the signal aborts, and tells when this machine's clock and the tenant's part or meet again. */
export async function watchClock(options: ClockWatchOptions, signal: AbortSignal): Promise<void> {
  const { clock, serverClock, metrics, report } = options;
  let differed = false;
  while (!signal.aborted) {
    if ((serverClock.heardAgoMs() ?? freshMs) >= freshMs) await asked(options);
    // A machine that slept has not heard of the hours meanwhile: asked before it is called wrong.
    if (isFar(serverClock.differenceMs())) await asked(options);
    const ms = serverClock.differenceMs();
    if (ms !== undefined) {
      metrics.clockDifference(ms);
      const differs = isFar(ms);
      if (differs !== differed)
        report(differs ? 'the clock of this machine' : 'the clock of this machine is right again', said(ms));
      differed = differs;
    }
    await clock.wait(lookMs, signal);
  }
}

function isFar(ms: number | undefined): boolean {
  return ms !== undefined && Math.abs(ms) > toleranceMs;
}

function said(ms: number): Error {
  const words = `it is ${Math.round(Math.abs(ms) / 1000)} seconds ${ms > 0 ? 'ahead of' : 'behind'} the tenant's, whose time counts`;
  return new Error(words);
}

/** Whatever the tenant answers says what time it is; that it refused is told by whoever needed the answer. */
async function asked({ ask }: ClockWatchOptions): Promise<unknown> {
  try {
    await ask();
    return undefined;
  } catch (error) {
    return error;
  }
}
