import { expect } from 'chai';
import fc from 'fast-check';
import { openSqliteStore } from '#adapters/store/sqlite-store';
import { type CaseState, openExceptions } from '#domain/case-state';
import { caseStatus } from '#domain/case-status';
import type { CaseException } from '#domain/exception';
import type { CaseId } from '#domain/ids';
import type { Engine } from '#engine/engine';
import { loadCase } from '#engine/load-case';
import type { Store } from '#engine/ports/store';
import { resolveException } from '#engine/resolve-exception';
import { verifyEvidence } from '#engine/verify-evidence';
import { chance } from './chance.js';
import { wishesAreHeld } from './check-wishes.js';
import { readRow } from './evidence-rows.js';
import { hour, minute, type Scenario } from './scenario.js';
import { wanted } from './steps.js';
import { submitForm } from './submit-form.js';
import { decideAll, type Event, events, firmsPeople, grantWish, horizon } from './wishes.js';
import { createWorld, engineOf, startWorker, type World } from './world.js';

/** The same ones each time; `RUNS=2000 FRESH=1 npx mocha test/simulation/wishes.test.ts` draws that many others. */
const runs = Number(process.env['RUNS'] ?? 50);
const seed = process.env['FRESH'] === undefined ? { seed: 20_261_120 } : {};

const scenarios = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  effectiveAt: fc.integer({ min: -60, max: (30 * hour) / minute }).map((minutes) => minutes * minute),
  onSilence: fc.constantFrom('take-default' as const, 'wait-and-escalate' as const, 'close-access' as const),
  requester: fc.constantFrom('hr1' as const, 'manager' as const),
  deaths: fc.integer({ min: 0, max: 2 }),
  refused: fc.boolean(),
});

type Drawn = typeof scenarios extends fc.Arbitrary<infer T> ? T : never;

function scenarioOf(drawn: Drawn): Scenario {
  const { refused: _refused, ...chosen } = drawn;
  return {
    ...chosen,
    tenantId: 'wishes',
    immediate: false,
    nowNeedsSecondHr: true,
    hasManager: true,
    managerEnabled: true,
    accountWaits: false,
    storm: 0,
    sleepiness: 0,
    managerIsSilent: false,
    idleMs: 10 * minute,
  };
}

/** Who has a manager. */
const bosses: Readonly<Record<string, string>> = { leaver: 'manager', manager: 'lead' };

const objects = ['account', 'method', 'group', 'group', 'grant', 'mailbox', 'licence'];

async function live(drawn: Drawn, wishes: readonly Event[], store: Store): Promise<readonly string[]> {
  const world = createWorld(scenarioOf(drawn), store, (tenant) => {
    tenant.slowness = 0;
    for (const [index, kind] of objects.entries()) {
      const object = tenant.add(kind, `${kind}-${index}`, 'on');
      if (drawn.refused && kind === 'group') object.refusal = 'refused';
    }
    for (const userId of firmsPeople) tenant.add('person', userId, JSON.stringify({ manager: bosses[userId] }));
  });
  const opening = submitForm(world);
  await world.time.runUntil(minute);
  const caseId = await opening;
  const engine = engineOf(world, 'bot', chance(drawn.seed, 'bot'));
  for (const event of wishes)
    world.time.at(event.atMinutes * minute, () => {
      void grantWish(world, engine, caseId, event)
        .then((answer) => world.tell(`${event.who} ${JSON.stringify(event.wish)}: ${answer}`))
        .catch((error: unknown) => world.defects.push(error));
    });
  startWorker(world, 'a');
  startWorker(world, 'b');
  await world.time.runUntil(horizon);
  const between = await problemsOf(world, await stateOf(world, caseId));
  const end = await helpToTheEnd(world, caseId);
  world.end.abort();
  await world.time.runUntil(world.time.now());
  const done = ['completed', 'cancelled'].includes(caseStatus(end));
  const open = end.exceptions.filter(({ resolution }) => !resolution).map((e) => `${e.code} (${e.title})`);
  const stuck = done ? [] : [`never ended: ${caseStatus(end)}; open: ${open.join('; ')}`];
  const found = [...between, ...(await problemsOf(world, end)), ...stuck];
  return found.length === 0 ? [] : [...found, ...world.story];
}

async function stateOf(world: World, caseId: CaseId): Promise<CaseState> {
  const state = await loadCase(world.store, world.scenario.tenantId, caseId);
  if (!state) throw new Error('the case is gone');
  return state;
}

async function problemsOf(world: World, state: CaseState): Promise<readonly string[]> {
  const { tenantId } = world.scenario;
  const rows = (await world.store.chain(tenantId, state.record.caseId)).map(readRow);
  const report = await verifyEvidence({ store: world.store, tenantId, verifier: world.signer });
  const unowned = state.exceptions.filter((e) => !e.resolution && (!e.owner || e.dueAt === ''));
  return [
    ...world.defects.map((defect) => `defect: ${defect instanceof Error ? defect.stack : String(defect)}`),
    ...report.problems.map(({ sentence }) => sentence),
    ...wishesAreHeld(state, rows),
    ...unowned.map((e) => `exception ${e.exceptionId} has no owner or due time`),
  ];
}

/** Everybody signs what waits for them, IT works what is open, and what was put off comes to its day. */
async function helpToTheEnd(world: World, caseId: CaseId): Promise<CaseState> {
  const engine = engineOf(world, 'help', chance(world.scenario.seed, 'help'));
  for (const object of world.tenant.objects.values()) object.refusal = undefined;
  for (let round = 1; round <= 40; round += 1) {
    const state = await stateOf(world, caseId);
    if (['completed', 'cancelled'].includes(caseStatus(state))) return state;
    for (const userId of firmsPeople) await decideAll(engine, caseId, userId, 'approved');
    for (const exception of openExceptions(state)) await workException(world, engine, exception, round);
    await world.time.runUntil(world.time.now() + 2 * hour);
  }
  return stateOf(world, caseId);
}

/** Retry first; what a retry did not cure is done by hand. */
async function workException(
  world: World,
  engine: Engine,
  { caseId, exceptionId, changeKey }: CaseException,
  round: number,
): Promise<void> {
  const how = round > 3 ? ({ kind: 'by-hand', note: 'done' } as const) : ({ kind: 'retry' } as const);
  const objectId = changeKey?.split(':')[1] ?? '';
  if (how.kind === 'by-hand' && world.tenant.objects.has(objectId)) world.tenant.set(objectId, wanted);
  for (const userId of ['it1', 'lead']) await resolveException(engine, { caseId, userId, exceptionId, how });
}

describe('[simulation] wishes and schedules', () => {
  it(`property: whatever people wish, sign, put off and call off, and whoever dies, nothing happens too early, unapproved or twice (${runs} runs)`, async function () {
    this.timeout(600_000);
    await fc.assert(
      fc.asyncProperty(scenarios, events, async (drawn, wishes) => {
        const store = await openSqliteStore({ path: ':memory:' });
        try {
          const found = await live(drawn, wishes, store);
          expect(found, found.join('\n')).to.deep.equal([]);
        } finally {
          await store.close();
        }
      }),
      { numRuns: runs, endOnFailure: process.env['SHRINK'] === undefined, ...seed },
    );
  });
});
