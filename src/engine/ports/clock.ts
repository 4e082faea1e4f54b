import type { Instant } from '#domain/instant';

/** Three clocks, never mixed: a moved tenant clock neither expires a lease nor accepts an old signature. */
export interface Clock {
  /** Dates, due times, next checks, settling, expiry. */
  tenantNow(): Instant;
  /** Epoch ms of this machine: leases, outbox pacing, token and webhook freshness. */
  machineNow(): number;
  /** Milliseconds from an arbitrary start, never going back: timeouts, the lease guard. */
  monotonic(): number;
  /** Resolves after `ms` of monotonic time, or at once when the signal aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}
