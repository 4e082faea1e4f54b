import { openSqliteStore } from '#adapters/store/sqlite-store';
import { type CaseState, openExceptions } from '#domain/case-state';
import type { ChangeRecord } from '#domain/change';
import type { CaseException } from '#domain/exception';
import type { CaseId, UserId } from '#domain/ids';
import { decidableBy, decidePart, decisionHash } from '#engine/decide-part';
import type { Engine } from '#engine/engine';
import { loadCase } from '#engine/load-case';
import { resolveException } from '#engine/resolve-exception';
import { chance } from '../simulation/chance.js';
import { type ReadRow, readRow } from '../simulation/evidence-rows.js';
import { hour, minute, type Scenario } from '../simulation/scenario.js';
import { submitForm } from '../simulation/submit-form.js';
import type { SimObject, Tenant } from '../simulation/tenant.js';
import { createWorld, engineOf, startWorker, type World } from '../simulation/world.js';

export { hour, minute };

/** One case in a tenant where nothing goes wrong by chance; a test makes happen what it is about. */
export interface OneCase {
  readonly world: World;
  readonly tenant: Tenant;
  readonly engine: Engine;
  readonly caseId: CaseId;
  /** Lets the worker work for this long. */
  pass(ms: number): Promise<void>;
  state(): Promise<CaseState>;
  change(objectId: string): Promise<ChangeRecord | undefined>;
  open(): Promise<readonly CaseException[]>;
  rows(type: string): Promise<readonly ReadRow[]>;
  decide(
    userId: UserId,
    outcome?: 'approved' | 'rejected',
    more?: { shownHash?: string; reason?: string },
  ): Promise<string>;
  resolve(userId: UserId, how: 'retry' | { readonly note: string }, exceptionId?: string): Promise<string>;
}

const plain: Scenario = {
  seed: 7,
  tenantId: 'unit',
  immediate: false,
  nowNeedsSecondHr: true,
  requester: 'hr1',
  hasManager: true,
  managerEnabled: true,
  onSilence: 'take-default',
  accountWaits: false,
  effectiveAt: 2 * hour,
  storm: 0,
  sleepiness: 0,
  deaths: 0,
  managerIsSilent: false,
};

/** `objects`: `kind` or `kind:value`, one each; the object's id is its kind and place, `group-1`. */
export async function oneCase(objects: readonly string[], special: Partial<Scenario> = {}): Promise<OneCase> {
  const store = await openSqliteStore({ path: ':memory:' });
  const world = createWorld({ ...plain, ...special }, store, (tenant) => {
    tenant.slowness = 0;
    for (const [index, text] of objects.entries()) {
      const [kind = '', value = 'on'] = text.split(':');
      tenant.add(kind, `${kind}-${index}`, value);
    }
  });
  const opening = submitForm(world);
  await world.time.runUntil(10_000);
  const caseId = await opening;
  startWorker(world, 'worker');
  const engine = engineOf(world, 'bot', chance(1, 'bot'));
  const { tenantId } = world.scenario;

  async function state(): Promise<CaseState> {
    const found = await loadCase(store, tenantId, caseId);
    if (!found) throw new Error('the case is gone');
    return found;
  }

  return {
    world,
    tenant: world.tenant,
    engine,
    caseId,
    pass: (ms) => world.time.runUntil(world.time.now() + ms),
    state,
    change: async (objectId) => (await state()).changes.find((c) => c.change.target.id === objectId),
    open: async () => openExceptions(await state()),
    rows: async (type) => (await store.chain(tenantId, caseId)).map(readRow).filter((row) => row.type === type),
    async decide(userId, outcome = 'approved', { shownHash, reason = 'because' } = {}) {
      const deciding = await decidableBy(engine, await state(), userId);
      const shown = shownHash ?? decisionHash(deciding.map((d) => d.part));
      return (await decidePart(engine, { caseId, userId, outcome, shownHash: shown, reason })).kind;
    },
    async resolve(userId, wish, exceptionId) {
      const how = wish === 'retry' ? ({ kind: 'retry' } as const) : ({ kind: 'by-hand', note: wish.note } as const);
      const which = exceptionId === undefined ? {} : { exceptionId };
      return (await resolveException(engine, { caseId, userId, how, ...which })).kind;
    },
  };
}

/** An object of the tenant that must be there. */
export function object(of: OneCase, id: string): SimObject {
  const found = of.tenant.objects.get(id);
  if (!found) throw new Error(`no ${id} in the tenant`);
  return found;
}
