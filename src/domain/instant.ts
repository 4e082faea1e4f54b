/** A moment as ISO 8601 in UTC with milliseconds (`2026-11-20T17:00:00.000Z`): sorts as text, reads the same everywhere. */
export type Instant = string;

export function toInstant(epochMs: number): Instant {
  return new Date(epochMs).toISOString();
}

export function toEpochMs(instant: Instant): number {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) throw new RangeError(`not an instant: ${instant}`);
  return ms;
}

export function plusMs(instant: Instant, ms: number): Instant {
  return toInstant(toEpochMs(instant) + ms);
}

/** Milliseconds from `earlier` to `later`; negative when they are the other way round. */
export function msBetween(earlier: Instant, later: Instant): number {
  return toEpochMs(later) - toEpochMs(earlier);
}

export function isAtOrAfter(instant: Instant, limit: Instant): boolean {
  return toEpochMs(instant) >= toEpochMs(limit);
}

export function earliest(instants: readonly (Instant | undefined)[]): Instant | undefined {
  return instants.filter((i): i is Instant => i !== undefined).sort((a, b) => toEpochMs(a) - toEpochMs(b))[0];
}
