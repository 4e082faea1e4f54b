import type { Delegation } from '#domain/house';
import type { UserId } from '#domain/ids';
import { type Instant, isAtOrAfter, plusMs } from '#domain/instant';
import type { Engine } from '#engine/engine';

/** Who decides in this person's place now. Delegations do not chain: a delegate's own delegate is nobody here. */
export async function delegationFrom(engine: Engine, userId: UserId): Promise<Delegation | undefined> {
  const stored = await engine.store.get(engine.tenantId, 'delegation', userId);
  return stored && isActive(stored.body, engine.clock.tenantNow()) ? stored.body : undefined;
}

/** In whose place this person decides now. */
export async function delegationsTo(engine: Engine, userId: UserId): Promise<readonly Delegation[]> {
  return (await activeDelegations(engine)).filter(({ to }) => to === userId);
}

export async function activeDelegations(engine: Engine): Promise<readonly Delegation[]> {
  const now = engine.clock.tenantNow();
  const stored = await engine.store.list(engine.tenantId, 'delegation');
  return stored.map(({ body }) => body).filter((delegation) => isActive(delegation, now));
}

/** As the evidence has it: `delegated by <user id> until 2026-11-27`, the last day on which it counts. */
export function delegatedWords(engine: Engine, { from, until }: Delegation): string {
  return `delegated by ${from} until ${lastDay(engine, until)}`;
}

/** An end at midnight belongs to the day before: `until Friday` is all of Friday. */
function lastDay(engine: Engine, until: Instant): string {
  const { sites, defaultSite } = engine.policy;
  const zone = sites.find(({ name }) => name === defaultSite)?.zone ?? 'UTC';
  return engine.calendar.toLocal(plusMs(until, -1), zone).date;
}

function isActive({ until, at }: Delegation, now: Instant): boolean {
  return isAtOrAfter(now, at) && !isAtOrAfter(now, until);
}
