import { openExceptions } from '#domain/case-state';
import type { CaseException } from '#domain/exception';
import type { CaseId, UserId } from '#domain/ids';
import { decidableBy, decidePart, decisionHash } from '#engine/decide-part';
import type { Engine } from '#engine/engine';
import { loadCase } from '#engine/load-case';
import { resolveException } from '#engine/resolve-exception';
import { type Chance, chance } from './chance.js';
import type { Life } from './mortal.js';
import { chaosEnds } from './scenario.js';
import { wanted } from './steps.js';
import { engineOf, msAt, type World } from './world.js';

/** Those who may and those who must not. */
const clickers: readonly UserId[] = ['hr1', 'hr2', 'manager', 'fallback', 'stranger', 'leaver', 'it1', 'auditor'];

/** What a person's card says they decide on; `undefined`: nothing waits for them. */
async function shownTo(engine: Engine, caseId: CaseId, userId: UserId): Promise<string | undefined> {
  const state = await loadCase(engine.store, engine.tenantId, caseId);
  const deciding = state ? await decidableBy(engine, state, userId) : [];
  return deciding.length > 0 ? decisionHash(deciding.map((d) => d.part)) : undefined;
}

async function decide(
  world: World,
  engine: Engine,
  caseId: CaseId,
  userId: UserId,
  outcome: 'approved' | 'rejected',
  shownHash: string,
) {
  const answer = await decidePart(engine, { caseId, userId, outcome, shownHash, reason: 'because' });
  world.tell(`${userId} clicks ${outcome}: ${answer.kind}`);
  if (answer.kind !== 'decided') return;
  const hashes = answer.decisions.map((d) => d.partHash).sort();
  if ([...new Set(hashes)].join(',') !== shownHash)
    world.defects.push(new Error(`${userId} decided what was not shown`));
}

/** Random clicks through the time of trouble: honest, double, stale, forged, by the wrong people. */
export function scheduleClicks(world: World, caseId: CaseId): void {
  const luck = chance(world.scenario.seed, 'people');
  // A process that does not die, and whose store answers late now and then: what it read may be old when it writes.
  const life: Life = {
    dead: false,
    calls: 0,
    asleepUntil: 0,
    diesAt: undefined,
    side: 'before',
    died: () => undefined,
  };
  const engine = engineOf(world, 'bot', luck, life, (calm) => (calm ? 0 : 0.2));
  if (luck.happens(0.3))
    world.time.at(
      300_000,
      () => void lastMoment(world, engine, caseId, luck).catch((error: unknown) => world.defects.push(error)),
    );
  for (let i = luck.between(4, 14); i > 0; i -= 1) {
    const at = luck.happens(0.5) ? luck.between(0, 300_000) : luck.between(0, chaosEnds);
    world.time.at(
      at,
      () => void click(world, engine, caseId, luck).catch((error: unknown) => world.defects.push(error)),
    );
  }
  for (let i = luck.between(0, 6); i > 0; i -= 1) {
    const at = luck.between(60_000, chaosEnds);
    world.time.at(
      at,
      () => void workException(world, engine, caseId, luck).catch((error: unknown) => world.defects.push(error)),
    );
  }
}

async function click(world: World, engine: Engine, caseId: CaseId, luck: Chance): Promise<void> {
  const userId = luck.pick(clickers);
  const who = world.scenario.managerIsSilent && userId === 'manager' ? 'stranger' : userId;
  // Somebody without anything to decide forges: with the hash of somebody else's card.
  const shown = (await shownTo(engine, caseId, who)) ?? (await shownTo(engine, caseId, 'manager')) ?? 'forged';
  const outcome = luck.happens(0.85) ? 'approved' : 'rejected';
  if (luck.happens(0.3)) await world.time.wait(luck.between(1, 600_000));
  const times = luck.happens(0.3) ? 2 : 1;
  await Promise.all(Array.from({ length: times }, () => decide(world, engine, caseId, who, outcome, shown)));
}

async function workException(world: World, engine: Engine, caseId: CaseId, luck: Chance): Promise<void> {
  const state = await loadCase(engine.store, engine.tenantId, caseId);
  const open = state ? openExceptions(state) : [];
  const exception = luck.happens(0.9) && open.length > 0 ? luck.pick(open) : undefined;
  const userId = luck.pick(['it1', 'lead', 'leaver', 'stranger', 'hr1']);
  if (luck.happens(0.5)) {
    const answer = await resolveException(engine, {
      caseId,
      userId,
      ...named(exception?.exceptionId),
      how: { kind: 'retry' },
    });
    world.tell(`${userId} retries ${exception?.exceptionId ?? 'it'}: ${answer.kind}`);
    if (answer.kind === 'taken' && luck.happens(0.5)) await loseHope(world, engine, answer.exception, luck);
    return;
  }
  const really = luck.happens(0.6) && ['it1', 'lead'].includes(userId);
  if (really && exception?.changeKey) doByHand(world, exception.changeKey);
  const how = { kind: 'by-hand', note: really ? 'done' : 'not really' } as const;
  const answer = await resolveException(engine, { caseId, userId, ...named(exception?.exceptionId), how });
  world.tell(`${userId} says by hand ${exception?.exceptionId ?? 'it'} (${how.note}): ${answer.kind}`);
}

/** The retry was taken up and is under way, and the person does it by hand all the same. */
async function loseHope(world: World, engine: Engine, { caseId, exceptionId, changeKey }: CaseException, luck: Chance) {
  for (let seconds = 0; seconds < 300; seconds += 1) {
    const state = await loadCase(engine.store, engine.tenantId, caseId);
    if (state?.exceptions.find((e) => e.exceptionId === exceptionId)?.retry?.taken !== false) break;
    await world.time.wait(1_000);
  }
  await world.time.wait(luck.between(0, 15_000));
  if (changeKey) doByHand(world, changeKey);
  const how = { kind: 'by-hand', note: 'done after all' } as const;
  const answer = await resolveException(engine, { caseId, userId: 'it1', exceptionId, how });
  world.tell(`it1 says by hand ${exceptionId} after a retry: ${answer.kind}`);
}

/** The manager answers at the last moment, when silence is about to. */
async function lastMoment(world: World, engine: Engine, caseId: CaseId, luck: Chance): Promise<void> {
  const state = await loadCase(engine.store, engine.tenantId, caseId);
  const dueAt = state?.parts.find((part) => part.partId === 'hand-over')?.requirements[0]?.dueAt;
  const shown = await shownTo(engine, caseId, 'manager');
  if (!dueAt || !shown || world.scenario.managerIsSilent) return;
  const outcome = luck.pick(['approved', 'rejected'] as const);
  await world.time.wait(Math.max(0, msAt(dueAt) - world.time.now() - luck.between(0, 200)));
  await decide(world, engine, caseId, 'manager', outcome, shown);
}

const named = (exceptionId: string | undefined) => (exceptionId === undefined ? {} : { exceptionId });

/** A careful person: looks, and does it only where it is not so. */
function doByHand(world: World, changeKey: string): void {
  const id = changeKey.slice(changeKey.indexOf(':') + 1);
  if (world.tenant.objects.has(id) && world.tenant.truth(id) !== wanted) world.tenant.set(id, wanted);
}

/** The day after: everybody does what they should, one after the other. Answers whether anybody had anything to do. */
export async function helpfulRound(world: World, engine: Engine, caseId: CaseId, round: number): Promise<void> {
  for (const object of world.tenant.objects.values()) {
    object.refusal = undefined;
    object.blocked = false;
  }
  for (const userId of ['hr1', 'hr2', 'manager', 'fallback']) {
    const shown = await shownTo(engine, caseId, userId);
    if (shown) await decide(world, engine, caseId, userId, 'approved', shown);
  }
  const state = await loadCase(engine.store, engine.tenantId, caseId);
  for (const exception of state ? openExceptions(state) : []) {
    // Retry first; what a retry did not cure is done by hand.
    const byHand = round > 1;
    if (byHand && exception.changeKey) doByHand(world, exception.changeKey);
    const how = byHand ? ({ kind: 'by-hand', note: 'done' } as const) : ({ kind: 'retry' } as const);
    const answer = await resolveException(engine, { caseId, userId: 'it1', exceptionId: exception.exceptionId, how });
    world.tell(`it1 works exception ${exception.exceptionId} (${exception.code}), ${how.kind}: ${answer.kind}`);
  }
}
