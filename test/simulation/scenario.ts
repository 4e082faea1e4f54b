import type { OnSilence } from '#domain/part';
import type { Policy } from '#domain/policy';
import { type Chance, chance } from './chance.js';
import { maxLagMs, type Tenant } from './tenant.js';

export const minute = 60_000;
export const hour = 60 * minute;

/** What is special about one seed. */
export interface Scenario {
  readonly seed: number;
  readonly tenantId: string;
  readonly immediate: boolean;
  readonly nowNeedsSecondHr: boolean;
  readonly requester: 'hr1' | 'manager';
  readonly hasManager: boolean;
  readonly managerEnabled: boolean;
  readonly onSilence: OnSilence;
  readonly accountWaits: boolean;
  /** Milliseconds since the simulation began; may lie before it. */
  readonly effectiveAt: number;
  readonly storm: number;
  /** How often a process falls asleep after a call to the store or the tenant. */
  readonly sleepiness: number;
  /** How many times each worker may die. */
  readonly deaths: number;
  readonly managerIsSilent: boolean;
  /** How long a worker goes without looking; two minutes where nothing is said. */
  readonly idleMs?: number;
  /** Replaces whole sections of the policy. */
  readonly policy?: Partial<Policy>;
}

export const chaosEnds = 60 * minute;

export function scenarioOf(seed: number): Scenario {
  const luck = chance(seed, 'scenario');
  const requester = luck.happens(0.75) ? 'hr1' : 'manager';
  return {
    seed,
    tenantId: `sim-${seed}`,
    immediate: luck.happens(0.25),
    nowNeedsSecondHr: luck.happens(0.7),
    requester,
    hasManager: requester === 'manager' || luck.happens(0.8),
    managerEnabled: requester === 'manager' || luck.happens(0.9),
    onSilence: luck.pick(['take-default', 'wait-and-escalate', 'close-access']),
    accountWaits: luck.happens(0.25),
    effectiveAt: luck.pick([-3 * hour, 0, 5 * minute, 20 * minute, 40 * minute]),
    storm: luck.pick([0, 0.05, 0.15, 0.35]),
    sleepiness: luck.pick([0, 0, 0.004, 0.012]),
    deaths: luck.between(0, 3),
    managerIsSilent: luck.happens(0.3),
  };
}

const kinds = [
  'account',
  'method',
  'method',
  'group',
  'group',
  'device',
  'grant',
  'mail',
  'mailbox',
  'licence',
] as const;

export function furnish(tenant: Tenant, scenario: Scenario): void {
  const luck = chance(scenario.seed, 'tenant');
  let left = luck.between(6, kinds.length);
  for (const [index, kind] of kinds.entries()) {
    if (kinds.length - index > left && kind !== 'account' && luck.happens(0.5)) continue;
    left -= 1;
    const object = tenant.add(kind, `${kind}-${index}`, luck.happens(0.12) ? 'off' : 'on');
    if (luck.happens(0.05)) object.refusal = luck.pick(['not-permitted', 'refused'] as const);
    object.blocked = luck.happens(0.04);
  }
}

/**
 * What other people do to the tenant between planning and the last working minute. It ends a replica's lag before that minute: what
 * changes while the steps run is not drift, and no read could tell.
 */
export function driftTimes(scenario: Scenario): readonly number[] {
  const luck = chance(scenario.seed, 'drift times');
  const end = Math.min(scenario.effectiveAt, chaosEnds) - maxLagMs - 1_000;
  if (scenario.immediate || end <= 0) return [];
  return Array.from({ length: luck.between(0, 3) }, () => luck.between(0, end));
}

export function drift(tenant: Tenant, luck: Chance, number: number): string {
  if (luck.happens(0.5)) {
    const kind = luck.pick(['group', 'device', 'method', 'account', 'mail'] as const);
    tenant.add(kind, `${kind}-new-${number}`, 'on');
    return `${kind}-new-${number} appears`;
  }
  const object = luck.pick([...tenant.objects.values()]);
  const value = tenant.truth(object.id) === 'off' ? 'on' : 'off';
  tenant.set(object.id, value);
  return `somebody sets ${object.id} to ${value}`;
}
