import type { CaseRecord } from '#domain/case';
import { type Instant, isAtOrAfter } from '#domain/instant';
import type { Site } from '#domain/policy';
import type { Engine } from '#engine/engine';
import { tellIt } from '#engine/house/tell-it';
import type { HouseDuty } from '#engine/house-duty';

/** Each morning IT gets who leaves that day, with what to do by hand should the machine be down later. Once a date, edited for who comes later; nobody leaves, nothing is sent. */
export const morning: HouseDuty = {
  name: 'morning',
  everyMs: 60_000,
  async act(engine) {
    if (engine.observe) return;
    const { store, tenantId, clock, calendar, policy } = engine;
    const now = clock.tenantNow();
    const { date, time } = calendar.toLocal(now, houseSite(engine).zone);
    // Started later in the day it is sent then: late is better than not at all.
    if (time < policy.house.morningAt) return;
    const key = `morning/${date}`;
    const told = new Set((await store.list(tenantId, 'done', { keyPrefix: key })).map((done) => done.key));
    const { today, overdue } = await leavingOn(engine, date, now);
    // Whoever was asked for after the morning and is still to leave today is added to the list that is there.
    const ahead = today.filter(({ effectiveAt }) => !isAtOrAfter(now, effectiveAt));
    const fresh = [key, ...ahead.map(({ caseId }) => `${key}/${caseId}`)].filter((wanted) => !told.has(wanted));
    if (fresh.length === 0) return;
    const records = [...today, ...overdue];
    // Refused: another instance looked at this moment.
    await store.commit({
      tenantId,
      state: fresh.map((wanted) => ({ collection: 'done', key: wanted, expect: 0, body: { at: now } })),
      evidence: [],
      outbox: records.length > 0 ? await tellIt(engine, 'morning', date, records) : [],
    });
  },
};

/** The site whose clock the firm's own lists go by. */
export function houseSite({ policy }: Pick<Engine, 'policy'>): Site {
  const site = policy.sites.find(({ name }) => name === policy.defaultSite);
  if (!site) throw new Error(`policy.yaml: defaultSite ${policy.defaultSite} is not among its sites`);
  return site;
}

export interface Leaving {
  /** Whose access ends on that date, where they work. */
  readonly today: readonly CaseRecord[];
  /** Whose access should have ended on an earlier date and is not proved closed. */
  readonly overdue: readonly CaseRecord[];
}

/** Leavers of a date (`YYYY-MM-DD`), each by the calendar of their own site, the earliest first. */
export async function leavingOn({ store, tenantId, calendar }: Engine, date: string, now: Instant): Promise<Leaving> {
  const records = (await store.list(tenantId, 'case')).map(({ body }) => body);
  const open = records
    .filter(({ kind, cancelled, milestones }) => kind === 'leaver' && !cancelled && !milestones.completedAt)
    .sort((a, b) => a.effectiveAt.localeCompare(b.effectiveAt) || a.caseId.localeCompare(b.caseId));
  const dateOf = ({ effectiveAt, zone }: CaseRecord): string => calendar.toLocal(effectiveAt, zone).date;
  return {
    today: open.filter((record) => dateOf(record) === date),
    overdue: open.filter(
      (record) =>
        record.follows === undefined &&
        dateOf(record) < date &&
        isAtOrAfter(now, record.effectiveAt) &&
        record.milestones.accessClosedAt === undefined,
    ),
  };
}
