import { cameBack } from '#domain/came-back';
import { canonicalJson, sha256Hex } from '#domain/canonical';
import type { CaseRecord } from '#domain/case';
import { houseChain } from '#domain/evidence';
import { type Instant, msBetween } from '#domain/instant';
import type { Engine } from '#engine/engine';
import { houseSite } from '#engine/house/morning';
import { readLeft } from '#engine/house/read-left';
import type { HouseDuty } from '#engine/house-duty';
import { houseMessage } from '#engine/keys';
import type { EvidenceEntry, OutboxMessage, Write } from '#engine/ports/store';
import { watchOf } from '#engine/watch-schedule';

const hourMs = 3_600_000;
const againAfterMs = hourMs;
/** A day and two tries more: then it is told. */
const longestWithoutMs = 26 * hourMs;

/** Key of the last sweep that succeeded, in `done`; before the first one, of when sweeping began. */
export const lastSweepKey = 'sweep/last';
const triedKey = 'sweep/tried';
/** That nobody was swept since then was told. */
const missingKey = (since: Instant) => `sweep/missing/${since}`;

/**
 * Once a day everybody who left within the policy's months is looked at in gathered reads. Whoever differs from closed has their case
 * looked at in full, now. A sweep that fails is tried again every hour; a day without one is told to IT.
 */
export const sweepLeavers: HouseDuty = { name: 'sweep', everyMs: 3_000, act: sweepWhenDue };

async function sweepWhenDue(engine: Engine): Promise<void> {
  const { store, tenantId, clock, calendar, policy } = engine;
  if (engine.observe) return;
  const now = clock.tenantNow();
  const { date, time } = calendar.toLocal(now, houseSite(engine).zone);
  const last = await store.get(tenantId, 'done', lastSweepKey);
  if (!last) await keep(engine, { state: [{ collection: 'done', key: lastSweepKey, expect: 0, body: { at: now } }] });
  if (time < policy.watch.sweepAt || (await store.get(tenantId, 'done', `sweep/${date}`))) return;
  const tried = await store.get(tenantId, 'done', triedKey);
  if (tried && Math.abs(msBetween(tried.body.at, now)) < againAfterMs) return;
  try {
    await sweep(engine, date, now, last?.body.at);
  } catch (error) {
    await failed(engine, date, now, last?.body.at ?? now);
    throw error;
  }
}

async function sweep(engine: Engine, date: string, now: Instant, last: Instant | undefined): Promise<void> {
  const records = await sweptCases(engine, now);
  const left = await readLeft(engine, [...new Set(records.map(({ person }) => person.userId))]);
  const asked: string[] = [];
  for (const record of records) {
    const differences = left.get(record.person.userId);
    if (!differences && !(await hasOpen(engine, record))) continue;
    const seen = sha256Hex(canonicalJson(differences ? { ...differences } : 'as closed'));
    if (await askForLook(engine, record.caseId, seen)) asked.push(record.caseId);
  }
  const missing = last !== undefined && (await engine.store.get(engine.tenantId, 'done', missingKey(last)));
  await keep(engine, {
    state: [
      { collection: 'done', key: `sweep/${date}`, expect: 0, body: { at: now } },
      { collection: 'done', key: lastSweepKey, body: { at: now } },
    ],
    evidence: { type: 'sweep.done', at: now, data: { date, looked: records.length, different: left.size, asked } },
    outbox: missing ? [houseMessage('role/it', 'sweep', last)] : [],
  });
}

/** Closed cases of kinds that are watched, and not longer ago than the policy says. */
async function sweptCases(engine: Engine, now: Instant): Promise<readonly CaseRecord[]> {
  const { store, tenantId, calendar, policy } = engine;
  const { zone } = houseSite(engine);
  const cases = await store.list(tenantId, 'case');
  return cases
    .map(({ body }) => body)
    .filter((record) => {
      const { completedAt } = record.milestones;
      if (record.cancelled || !completedAt || !watchOf(engine, record)) return false;
      return now <= calendar.plusDays(completedAt, policy.watch.sweepMonths * 31, zone);
    });
}

/** What came back before may be gone by itself: that is seen by a look too. */
async function hasOpen({ store, tenantId }: Engine, record: CaseRecord): Promise<boolean> {
  if (!record.watch?.told) return false;
  const exceptions = await store.list(tenantId, 'exception', { caseId: record.caseId });
  return exceptions.some(({ body }) => !body.resolution && cameBack({ record }, body));
}

/** Answers false where a look found nothing wrong with just this. */
async function askForLook(engine: Engine, caseId: string, seen: string): Promise<boolean> {
  const { store, tenantId, clock } = engine;
  for (;;) {
    const stored = await store.get(tenantId, 'case', caseId);
    const watch = stored && watchOf(engine, stored.body);
    if (!stored || !watch || watch.accepted === seen) return false;
    const body = { ...stored.body, watch: { ...watch, asked: seen } };
    const result = await store.commit({
      tenantId,
      state: [{ collection: 'case', key: caseId, caseId, expect: stored.version, body }],
      evidence: [],
      outbox: [],
      wake: [{ caseId, dueAt: clock.tenantNow(), mode: 'sooner' }],
    });
    if (result.ok) return true;
  }
}

async function failed(engine: Engine, date: string, now: Instant, last: Instant): Promise<void> {
  const tried: Write = { collection: 'done', key: triedKey, body: { at: now } };
  if (msBetween(last, now) < longestWithoutMs) return keep(engine, { state: [tried] });
  await keep(engine, { state: [tried] });
  // Told once; the message is drawn from what is so when it is sent.
  await keep(engine, {
    state: [{ collection: 'done', key: missingKey(last), expect: 0, body: { at: now } }],
    evidence: { type: 'sweep.missing', at: now, data: { date, last } },
    outbox: [houseMessage('role/it', 'sweep', last)],
  });
}

interface Kept {
  readonly state: readonly Write[];
  readonly evidence?: Pick<EvidenceEntry, 'type' | 'at' | 'data'>;
  readonly outbox?: readonly OutboxMessage[];
}

async function keep({ store, tenantId }: Engine, { state, evidence, outbox = [] }: Kept): Promise<void> {
  const rows = evidence ? [{ chain: houseChain, actor: { kind: 'clock' as const }, ...evidence }] : [];
  const result = await store.commit({ tenantId, state, evidence: rows, outbox });
  // Refused: another instance did it at this moment, or it was done before.
  if (!result.ok && result.reason !== 'conflict') throw new Error(`the sweep could not be kept: ${result.reason}`);
}
