import type { Clock } from '#engine/ports/clock';
import type { Random } from '#engine/ports/random';

/** Bearer tokens by scope; `forget` makes the next `token` ask the authority again. */
export interface Tokens {
  token(scope: string): Promise<string>;
  forget(scope: string): void;
}

/** One request as it went over the wire, for metrics: retries and batches are reported each time they are sent. */
export interface RequestInfo {
  readonly method: string;
  /** Below the version, without the query: `/users/{the id}/memberOf`, `/$batch`. */
  readonly path: string;
  /** undefined: no answer came. */
  readonly status: number | undefined;
  readonly durationMs: number;
  readonly clientRequestId: string;
  readonly requestId: string | undefined;
  /** How many reads shared this `$batch`. */
  readonly batchSize?: number;
}

/** One line of the trace: secrets are masked, headers are never in it. */
export interface TraceLine {
  readonly method: string;
  readonly url: string;
  readonly body?: unknown;
  readonly status?: number;
  readonly response?: unknown;
}

export interface GraphSettings {
  /** Origin without a version path: `https://graph.microsoft.com`, a national cloud's, a proxy's or the sandbox's. */
  readonly baseUrl: string;
  /** Allows plain http on loopback. */
  readonly sandbox: boolean;
  readonly tokens: Tokens;
  readonly clock: Clock;
  readonly random: Random;
  /** Default: `.default` of the base URL, as every national cloud wants it. */
  readonly scope?: string;
  /** How long one request may take before its answer counts as lost. Default 30 000. */
  readonly timeoutMs?: number;
  /** Waits up to this long happen here; longer ones are thrown as `throttled` for the engine to park. Default 2000. */
  readonly shortWaitMs?: number;
  /** How often one request is tried again. Default 3. */
  readonly retries?: number;
  /** Whether reads of one turn share a `$batch`. Default true; false: one request after the other, unless `width` says more. */
  readonly gather?: boolean;
  /** How many requests are under way side by side: writes and batches count apart, 8 each; without gathering together, 1. */
  readonly width?: number;
  /** Called in the asynchronous context of the caller for writes; for gathered reads in none. */
  readonly onRequest?: (info: RequestInfo) => void;
  readonly trace?: (line: TraceLine) => void;
  /** What time each answer says it is at the service, in epoch ms, to the second. */
  readonly onServerTime?: (epochMs: number) => void;
}
