import type { UserId } from '#domain/ids';
import { type Instant, isAtOrAfter, plusMs } from '#domain/instant';
import type { Role } from '#domain/part';
import type { Engine } from '#engine/engine';

/**
 * Until when somebody in a deciding group is too new for what is elevated; `undefined`: they are not, or the group was never looked
 * at. Somebody who is in it now and was not when it was last looked at has just come.
 */
export async function newcomerUntil(engine: Engine, role: Role, userId: UserId): Promise<Instant | undefined> {
  const known = await engine.store.get(engine.tenantId, 'membership', role);
  if (!known) return undefined;
  const now = engine.clock.tenantNow();
  const since = known.body.members.find((member) => member.userId === userId)?.since ?? now;
  const from = plusMs(since, engine.policy.decisions.newcomerHours * 3_600_000);
  return isAtOrAfter(now, from) ? undefined : from;
}
