import type { Heartbeat } from '#adapters/heartbeat/http-heartbeat';
import type { ReadyCheck } from '#app/http';
import type { Metrics } from '#app/metrics';
import type { Clock } from '#engine/ports/clock';

export interface HeartbeatLoopOptions {
  readonly clock: Clock;
  /** What `/readyz` asks too. */
  readonly checks: Readonly<Record<string, ReadyCheck>>;
  /** None: nobody listens outside; the metric and the log tell all the same. */
  readonly beat?: Heartbeat;
  readonly everyMs: number;
  readonly metrics: Pick<Metrics, 'overdue'>;
  readonly log: { warn(fields: object, message: string): void; info(fields: object, message: string): void };
}

/** While it starts, not everything has been looked at yet: only after this long is that worth telling. */
const startMs = 120_000;
const lookWhileStartingMs = 2_000;

type State = 'starting' | 'well' | 'stopped';

/** Beats while all is well, until the signal aborts. That it stops, and that it goes on, is told once. */
export async function runHeartbeat(options: HeartbeatLoopOptions, signal: AbortSignal): Promise<void> {
  const { clock, checks, everyMs, metrics } = options;
  const startedAt = clock.monotonic();
  const beatOn = beater(options);
  let state: State = 'starting';
  while (!signal.aborted) {
    const reasons = await reasonsOf(checks);
    metrics.overdue(reasons.length > 0);
    const next = nextState(state, reasons, clock.monotonic() - startedAt);
    tellChange(options, state, next, reasons);
    state = next;
    if (state === 'well') await beatOn();
    await clock.wait(state === 'starting' ? Math.min(everyMs, lookWhileStartingMs) : everyMs, signal);
  }
}

function nextState(state: State, reasons: readonly string[], runningMs: number): State {
  if (reasons.length === 0) return 'well';
  return state === 'starting' && runningMs < startMs ? 'starting' : 'stopped';
}

function tellChange({ log }: HeartbeatLoopOptions, before: State, now: State, reasons: readonly string[]): void {
  if (now === 'stopped' && before !== 'stopped') log.warn({ reasons }, 'the heartbeat stops');
  if (now === 'well' && before === 'stopped') log.info({}, 'all is well again: the heartbeat goes on');
}

function beater({ beat, log }: HeartbeatLoopOptions): () => Promise<void> {
  let unheard = false;
  return async () => {
    const error = beat && (await failureOf(beat));
    if (error !== undefined && !unheard) log.warn({ err: error }, 'the heartbeat is not heard');
    unheard = error !== undefined;
  };
}

async function reasonsOf(checks: HeartbeatLoopOptions['checks']): Promise<readonly string[]> {
  const asked = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const error = await failureOf(check);
      return error === undefined ? [] : [`${name}: ${error instanceof Error ? error.message : String(error)}`];
    }),
  );
  return asked.flat();
}

async function failureOf(doing: () => Promise<void>): Promise<unknown> {
  try {
    await doing();
    return undefined;
  } catch (error) {
    return error ?? new Error('unknown');
  }
}
