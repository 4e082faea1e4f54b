import type { CaseState } from '#domain/case-state';
import type { CaseId } from '#domain/ids';
import { loadCase } from '#engine/load-case';
import type { EvidenceRow, Store } from '#engine/ports/store';
import { chance } from './chance.js';
import { alwaysTrue, trueAtTheEnd, trueWhenQuiet } from './check.js';
import { helpfulRound, scheduleClicks } from './people.js';
import { chaosEnds, drift, driftTimes, minute, scenarioOf } from './scenario.js';
import { submitForm } from './submit-form.js';
import { calmDown, createWorld, engineOf, startWorker, type World } from './world.js';

export interface SeedResult {
  readonly seed: number;
  /** Sentences; none: all held. */
  readonly violations: readonly string[];
  readonly evidence: readonly EvidenceRow[];
  readonly world: World;
  readonly virtualMs: number;
}

/** One whole life of one case, with everything that can go wrong, and what must hold all the same. */
export async function runSeed(seed: number, store: Store): Promise<SeedResult> {
  const scenario = scenarioOf(seed);
  const world = createWorld(scenario, store);
  const engine = engineOf(world, 'front', chance(seed, 'front'));
  world.tenant.storm = 0;
  const opening = submitForm(world);
  await world.time.runUntil(minute);
  const caseId = await opening;
  world.tenant.storm = scenario.storm;
  scheduleDrift(world);
  scheduleClicks(world, caseId);
  startWorker(world, 'a');
  startWorker(world, 'b');
  await world.time.runUntil(chaosEnds);
  calmDown(world);
  await world.time.runUntil(chaosEnds + 20 * minute);
  const quiet = await stateOf(world, caseId);
  const violations = [...(await trueWhenQuiet(world, quiet))];
  // What is completed stays as it is: looked at once, at the end.
  if (!quiet.record.milestones.completedAt) violations.push(...(await alwaysTrue(world, quiet)));
  const end = await helpUntilDone(world, engine, caseId);
  violations.push(...trueAtTheEnd(world, end), ...(await alwaysTrue(world, end)));
  world.end.abort();
  await world.time.runUntil(world.time.now());
  const evidence = await store.chain(scenario.tenantId, caseId);
  return { seed, violations: [...new Set(violations)], evidence, world, virtualMs: world.time.now() };
}

async function helpUntilDone(world: World, engine: ReturnType<typeof engineOf>, caseId: CaseId): Promise<CaseState> {
  for (let round = 1; round <= 8; round += 1) {
    const state = await stateOf(world, caseId);
    if (state.record.milestones.completedAt) break;
    await helpfulRound(world, engine, caseId, round);
    await world.time.runUntil(world.time.now() + 6 * minute);
  }
  // Somebody may have died right after it was done: what is left is made up for.
  await world.time.runUntil(world.time.now() + 6 * minute);
  return stateOf(world, caseId);
}

async function stateOf(world: World, caseId: CaseId): Promise<CaseState> {
  const state = await loadCase(world.store, world.scenario.tenantId, caseId);
  if (!state) throw new Error(`case ${caseId} is gone`);
  return state;
}

function scheduleDrift(world: World): void {
  const luck = chance(world.scenario.seed, 'drift');
  for (const [number, at] of driftTimes(world.scenario).entries())
    world.time.at(at, () => world.tell(drift(world.tenant, luck, number)));
}
