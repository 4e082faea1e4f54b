import { houseChain } from '#domain/evidence';
import type { Pulse } from '#domain/house';
import { type Instant, msBetween } from '#domain/instant';
import type { Engine } from '#engine/engine';
import { findMissed } from '#engine/house/find-missed';
import type { HouseDuty } from '#engine/house-duty';
import { houseMessage } from '#engine/keys';
import type { Stored } from '#engine/ports/store';

const minute = 60_000;
const pulseKey = 'pulse';

/** Says that Latchkey is there, and notices that it was not: a machine that slept wakes up here. */
export const pulse: HouseDuty = { name: 'pulse', everyMs: 30_000, act: (engine) => beat(engine, isGapOfMachine) };

/**
 * The first beat of a process, awaited before anything is decided by the clock. Whoever stopped and was started again is measured by
 * the tenant's time, because this machine's may have been set meanwhile.
 */
export function beatAtStart(engine: Engine): Promise<void> {
  return beat(engine, async (before) => isGap(engine, before));
}

function isGap(engine: Engine, { tenantAt }: Pulse): boolean {
  return msBetween(tenantAt, engine.clock.tenantNow()) > engine.policy.house.outageMinutes * minute;
}

/**
 * While it runs, only a gap in this machine's own time is an absence: a moved tenant clock is none, and neither is a machine whose
 * clock was set. So the tenant is asked first, which is what its time is taken from.
 */
async function isGapOfMachine(before: Pulse, engine: Engine): Promise<boolean> {
  const { clock, graph, policy } = engine;
  if (clock.machineNow() - before.machineAt <= policy.house.outageMinutes * minute) return false;
  await graph.get('/users?$top=1&$select=id', { parse: () => undefined });
  return isGap(engine, before);
}

async function beat(engine: Engine, isAway: (before: Pulse, engine: Engine) => Promise<boolean>): Promise<void> {
  const before = await engine.store.get(engine.tenantId, 'pulse', pulseKey);
  const away = before && !engine.observe && (await isAway(before.body, engine));
  const written = away
    ? await found(engine, before, { from: before.body.tenantAt, to: engine.clock.tenantNow() })
    : await write(engine, before, undefined);
  // Refused: another instance beat at this moment, and found the same.
  if (!written && away) await beat(engine, isAway);
}

/** On the record, and told to IT, with all that became due meanwhile; each is done now, the longest due first. */
async function found(
  engine: Engine,
  before: Stored<'pulse'>,
  outage: { readonly from: Instant; readonly to: Instant },
): Promise<boolean> {
  const { from, to } = outage;
  const missed = await findMissed(engine, from, to);
  const kept = await engine.store.get(engine.tenantId, 'outage', from);
  return write(engine, before, outage, {
    state: kept ? [] : [{ collection: 'outage', key: from, expect: 0, body: { from, to, missed } }],
    evidence: [
      {
        chain: houseChain,
        type: 'outage.found',
        at: to,
        actor: { kind: 'clock' },
        data: { from, to, missed: missed.map(({ caseId, what, id, dueAt }) => ({ caseId, what, id, dueAt })) },
      },
    ],
    outbox: [houseMessage('role/it', 'outage', from)],
  });
}

type Found = Pick<Parameters<Engine['store']['commit']>[0], 'state' | 'evidence' | 'outbox'>;

async function write(
  { store, clock, tenantId }: Engine,
  before: Stored<'pulse'> | undefined,
  outage: Pulse['outage'],
  { state, evidence, outbox }: Found = { state: [], evidence: [], outbox: [] },
): Promise<boolean> {
  const last = outage ?? before?.body.outage;
  const body: Pulse = {
    tenantAt: clock.tenantNow(),
    machineAt: clock.machineNow(),
    ...(last ? { outage: last } : {}),
  };
  const result = await store.commit({
    tenantId,
    state: [{ collection: 'pulse', key: pulseKey, expect: before?.version ?? 0, body }, ...state],
    evidence,
    outbox,
  });
  return result.ok;
}
