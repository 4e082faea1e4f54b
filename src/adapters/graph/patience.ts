import { retryAfterMs } from '#adapters/graph/retry-after';
import type { Clock } from '#engine/ports/clock';
import type { Random } from '#engine/ports/random';

export interface PatienceSettings {
  readonly clock: Clock;
  readonly random: Random;
  readonly shortWaitMs: number;
  readonly retries: number;
}

/** Decides whether something is tried again here, and after which wait in ms; undefined: not here. */
export interface Patience {
  afterStatus(
    kind: 'read' | 'write',
    attempt: number,
    status: number,
    header: (name: string) => string | undefined,
  ): number | undefined;
  afterNoAnswer(kind: 'read' | 'write', attempt: number): number | undefined;
}

const transient: ReadonlySet<number> = new Set([500, 502, 503, 504]);
const firstBackoffMs = 200;

/**
 * A 429 was not carried out, so a write may follow it too; any other lost or failed write may have happened and is never sent
 * again from here. A wait longer than the short one is nobody's to sit through: it is thrown, and the engine parks the change.
 */
export function createPatience({ clock, random, shortWaitMs, retries }: PatienceSettings): Patience {
  const backoffMs = (attempt: number): number =>
    Math.min(firstBackoffMs * 2 ** attempt, shortWaitMs) * (0.5 + random.fraction() / 2);
  return {
    afterStatus(kind, attempt, status, header) {
      const again = status === 429 || (kind === 'read' && transient.has(status));
      if (!again || attempt >= retries) return undefined;
      const asked = retryAfterMs(header, clock.machineNow());
      if (asked === undefined) return backoffMs(attempt);
      return asked <= shortWaitMs ? asked + random.fraction() * 100 : undefined;
    },
    afterNoAnswer: (kind, attempt) => (kind === 'read' && attempt < retries ? backoffMs(attempt) : undefined),
  };
}
