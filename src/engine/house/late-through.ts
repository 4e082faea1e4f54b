import { type Instant, isAtOrAfter, msBetween } from '#domain/instant';
import type { Part } from '#domain/part';
import type { Engine } from '#engine/engine';

/** The outage through which a part begins late, when it does by more than the policy lets pass; else `undefined`. */
export async function lateThrough(engine: Engine, part: Part, now: Instant): Promise<Part['lateThrough']> {
  if (part.startedAt || msBetween(part.startsAt, now) <= engine.policy.house.outageMinutes * 60_000) return undefined;
  const pulse = await engine.store.get(engine.tenantId, 'pulse', 'pulse');
  const outage = pulse?.body.outage;
  const within = outage && isAtOrAfter(outage.to, part.startsAt) && !isAtOrAfter(outage.from, part.startsAt);
  return within ? outage : undefined;
}
