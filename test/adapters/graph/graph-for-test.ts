import { createSystemClock } from '#adapters/clock/system-clock';
import { createGraph } from '#adapters/graph/create-graph';
import type { GraphSettings } from '#adapters/graph/graph-settings';
import { createSystemRandom } from '#adapters/random/system-random';
import { Failure } from '#domain/failure';
import type { Graph } from '#engine/ports/graph';

export const anything = { parse: (value: unknown): unknown => value };

/** Tokens that are all different, so that a test sees which one was sent. */
export function countedTokens(): GraphSettings['tokens'] & { asked: number } {
  let current = 0;
  const tokens = {
    asked: 0,
    token: async () => {
      tokens.asked += 1;
      return `token-${current}`;
    },
    forget: () => {
      current += 1;
    },
  };
  return tokens;
}

export function graphAt(baseUrl: string, more: Partial<GraphSettings> = {}): Graph {
  return createGraph({
    baseUrl,
    sandbox: true,
    tokens: countedTokens(),
    clock: createSystemClock({ offsetMs: () => 0 }),
    random: createSystemRandom(),
    shortWaitMs: 150,
    ...more,
  });
}

/** The failure a call ends with; a call that ends well is the test's failure. */
export async function failureFrom(call: Promise<unknown>): Promise<Failure> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('the call ended well');
}
