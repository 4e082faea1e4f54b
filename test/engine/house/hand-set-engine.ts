import { openSqliteStore } from '#adapters/store/sqlite-store';
import { toInstant } from '#domain/instant';
import type { Engine } from '#engine/engine';
import type { Graph } from '#engine/ports/graph';
import { chance } from '../../simulation/chance.js';
import { createWorld, engineOf } from '../../simulation/world.js';

export const start = Date.parse('2026-11-20T09:00:00.000Z');
export const minute = 60_000;

/** An engine whose three clocks a test sets by hand. */
export interface HandSet {
  readonly engine: Engine;
  /** Milliseconds since the start, by each clock. */
  readonly clocks: { tenant: number; machine: number; monotonic: number };
  /** How often the tenant was asked something, and what that does: hearing it sets the tenant's clock. */
  readonly asked: { count: number; answer: () => void };
}

const nothing = async (): Promise<never> => {
  throw new Error('nothing but a GET is expected here');
};

export async function handSetEngine(): Promise<HandSet> {
  const store = await openSqliteStore({ path: ':memory:' });
  const scenario = {
    seed: 7,
    tenantId: 'unit',
    immediate: false,
    nowNeedsSecondHr: true,
    requester: 'hr1',
    hasManager: true,
    managerEnabled: true,
    onSilence: 'take-default',
    accountWaits: false,
    effectiveAt: 7_200_000,
    storm: 0,
    sleepiness: 0,
    deaths: 0,
    managerIsSilent: false,
  } as const;
  const world = createWorld(scenario, store, () => undefined);
  const clocks = { tenant: 0, machine: 0, monotonic: 0 };
  const asked: HandSet['asked'] = { count: 0, answer: () => undefined };
  const graph: Graph = {
    get: async (_path, shape) => {
      asked.count += 1;
      asked.answer();
      return shape.parse({ value: [] });
    },
    list: async () => [],
    post: nothing,
    patch: nothing,
    put: nothing,
    delete: nothing,
  };
  const engine: Engine = {
    ...engineOf(world, 'unit', chance(1, 'unit')),
    graph,
    store,
    clock: {
      tenantNow: () => toInstant(start + clocks.tenant),
      machineNow: () => start + clocks.machine,
      monotonic: () => clocks.monotonic,
      wait: async () => undefined,
    },
  };
  return { engine, clocks, asked };
}
