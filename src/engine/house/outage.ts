import type { CaseState } from '#domain/case-state';
import type { Missed, Outage } from '#domain/house';
import { msBetween } from '#domain/instant';
import type { Engine } from '#engine/engine';
import { isCaughtUp, type Standing, standingOf } from '#engine/house/standing-of';
import { tellIt } from '#engine/house/tell-it';
import type { HouseDuty } from '#engine/house-duty';
import { loadCase } from '#engine/load-case';

/** What takes longer has reminders and exceptions of its own; the card then shows how it stood. */
const followedMs = 7 * 86_400_000;

/** Keeps IT's card about an outage up to date until everything that became due in it has caught up. */
export const outage: HouseDuty = {
  name: 'outage',
  everyMs: 5_000,
  async act(engine) {
    const outages = await engine.store.list(engine.tenantId, 'outage');
    for (const { body } of outages) await follow(engine, body);
  },
};

async function follow(engine: Engine, told: Outage): Promise<void> {
  const { store, tenantId, clock } = engine;
  const key = `outage/${told.from}`;
  if (await store.get(tenantId, 'done', key)) return;
  const rows = await missedNow(engine, told);
  const now = clock.tenantNow();
  const over = rows.every(({ standing }) => isCaughtUp(standing)) || msBetween(told.to, now) > followedMs;
  const outbox = await tellIt(
    engine,
    'outage',
    told.from,
    rows.map(({ state }) => state.record),
  );
  // Refused: another instance closed it at this moment.
  await store.commit({
    tenantId,
    state: over ? [{ collection: 'done', key, expect: 0, body: { at: now } }] : [],
    evidence: [],
    outbox,
  });
}

export interface MissedNow {
  readonly missed: Missed;
  readonly state: CaseState;
  readonly standing: Standing;
}

/** Everything that became due in the outage, with how it stands at this moment. */
export async function missedNow({ store, tenantId }: Engine, { missed }: Outage): Promise<readonly MissedNow[]> {
  const ids = [...new Set(missed.map(({ caseId }) => caseId))];
  const states = await Promise.all(ids.map((caseId) => loadCase(store, tenantId, caseId)));
  return missed.flatMap((item) => {
    const state = states.find((candidate) => candidate?.record.caseId === item.caseId);
    return state ? [{ missed: item, state, standing: standingOf(state, item) }] : [];
  });
}
