import { createSystemClock } from '#adapters/clock/system-clock';
import { createExchange } from '#adapters/exchange/create-exchange';
import { createGraph } from '#adapters/graph/create-graph';
import type { TraceLine } from '#adapters/graph/graph-settings';
import { createSystemRandom } from '#adapters/random/system-random';
import type { StepContext } from '#engine/step';
import type { DialSettings } from '#sandbox/dials';
import { startSandbox } from '#sandbox/start-sandbox';

/** One line of the sandbox's log. */
export interface Logged {
  readonly method: string;
  readonly url: string;
  readonly status: number | null;
  readonly cmdlet: string | null;
  readonly batched: boolean;
}

/** A simulated tenant over HTTP, seen through the real adapters. */
export interface TestTenant {
  context(userId: string): StepContext;
  reset(): Promise<void>;
  turn(dials: DialSettings): Promise<void>;
  log(): Promise<readonly Logged[]>;
  clearLog(): Promise<void>;
  /** The person as they truly are, without lag; sign-in times left out. */
  truth(userId: string): Promise<Record<string, unknown>>;
  readonly trace: TraceLine[];
  close(): Promise<void>;
}

/** Small lags, so that a read-back has something to wait for and a suite stays fast. */
const lags = {
  lagMs: 30,
  indexLagMs: 10,
  exchangeLagMs: 40,
  dynamicGroupLagMs: 80,
  licenceLagMs: 60,
  mailboxLagMs: 20,
};

export async function startTestTenant(dials: DialSettings = {}): Promise<TestTenant> {
  const sandbox = await startSandbox({ port: 0, dials: { ...lags, ...dials } });
  const clock = createSystemClock({ offsetMs: () => 0 });
  const tokens = { token: async () => 'test-token', forget: () => undefined };
  const trace: TraceLine[] = [];
  const wire = { baseUrl: sandbox.origin, sandbox: true, tokens, clock, random: createSystemRandom() };
  const graph = createGraph({ ...wire, trace: (line) => trace.push(line) });
  const exchange = createExchange({ ...wire, tenantId: sandbox.tenantId });

  async function control(method: string, path: string, body?: object): Promise<string> {
    const answer = await fetch(`${sandbox.origin}/_sandbox/${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text;
  }

  const withoutTimes = (key: string, value: unknown): unknown => (key.endsWith('DateTime') ? undefined : value);

  return {
    context: (userId) => ({
      tenantId: sandbox.tenantId,
      caseId: 'L-101',
      userId,
      graph,
      exchange,
      now: clock.tenantNow(),
    }),
    reset: async () => void (await control('POST', 'reset', {})),
    turn: async (changed) => void (await control('POST', 'dials', changed)),
    log: async () => JSON.parse(await control('GET', 'log')),
    clearLog: async () => void (await control('DELETE', 'log')),
    truth: async (userId) => JSON.parse(await control('GET', `state/${userId}`), withoutTimes),
    trace,
    close: () => sandbox.close(),
  };
}
