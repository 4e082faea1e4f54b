import { createHash } from 'node:crypto';
import { createCalendar } from '#adapters/calendar/luxon-calendar';
import { canonicalJson } from '#domain/canonical';
import { toInstant } from '#domain/instant';
import type { Engine } from '#engine/engine';
import type { CheckpointSigner, CheckpointVerifier } from '#engine/ports/checkpoint-signer';
import type { Clock } from '#engine/ports/clock';
import type { OutboxMessage, Store } from '#engine/ports/store';
import type { Vault } from '#engine/ports/vault';
import { runWorker } from '#engine/worker';
import { type Chance, chance, seededRandom } from './chance.js';
import { roles, simPolicy } from './firm.js';
import { type Life, mortal } from './mortal.js';
import { remembering } from './remembering.js';
import { chaosEnds, furnish, type Scenario } from './scenario.js';
import { noExchange, simGraph } from './sim-graph.js';
import { simWorkflow } from './steps.js';
import { simulatedTenant, type Tenant } from './tenant.js';
import { type VirtualTime, virtualTime } from './virtual-time.js';

/** Different starts, so that code that takes one clock for another is far off. */
const tenantStart = Date.parse('2026-11-20T09:00:00.000Z');
const machineStart = Date.parse('2001-01-01T00:00:00.000Z');

export const instantAt = (ms: number) => toInstant(tenantStart + ms);
export const msAt = (instant: string) => Date.parse(instant) - tenantStart;

/** Everything of one seed: one tenant, one store, processes that come and go. */
export interface World {
  readonly scenario: Scenario;
  readonly time: VirtualTime;
  readonly tenant: Tenant;
  readonly store: Store;
  /** Of every commit that stood, the messages it enqueued. */
  readonly said: OutboxMessage[];
  readonly story: string[];
  /** What reached nobody but the log, or nobody at all. */
  readonly defects: unknown[];
  readonly end: AbortController;
  readonly signer: CheckpointSigner & CheckpointVerifier;
  calm: boolean;
  tell(what: string): void;
}

export function createWorld(scenario: Scenario, store: Store, fill = furnish): World {
  const time = virtualTime();
  const tenant = simulatedTenant(time, chance(scenario.seed, 'trouble'));
  fill(tenant, scenario);
  tenant.storm = scenario.storm;
  const said: OutboxMessage[] = [];
  const story: string[] = [];
  const kept = remembering(store);
  const recording: Store = {
    ...kept,
    async commit(commit) {
      // Kept here instead of in the store's outbox, which nobody empties in a simulation.
      const result = await kept.commit({ ...commit, outbox: [] });
      if (result.ok) said.push(...commit.outbox);
      return result;
    },
  };
  const tell = (what: string) => story.push(`${instantAt(time.now())} ${what}`);
  return {
    scenario,
    time,
    tenant,
    store: recording,
    said,
    story,
    defects: [],
    end: new AbortController(),
    signer,
    calm: false,
    tell,
  };
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

const signer: CheckpointSigner & CheckpointVerifier = {
  sign: async (text) => digest(`signed ${text}`),
  verify: (text, signature) => signature === digest(`signed ${text}`),
  allowedSigner: 'sim',
};

/** Keeps the fields readable beside the chain, for the checks; what is chained is their digest. */
const vault: Vault = {
  async seal(_tenantId, _caseId, _personId, fields) {
    const text = canonicalJson(fields);
    return { commitment: digest(text), box: text };
  },
  async open(_tenantId, _caseId, _personId, sealed) {
    return JSON.parse(sealed.box);
  },
  async erase() {
    throw new Error('nobody is erased in a simulation');
  },
};

/** The engine as one process has it. Without a life it neither dies nor sleeps. */
export function engineOf(
  world: World,
  by: string,
  luck: Chance,
  life?: Life,
  sleepy: (calm: boolean) => number = (calm) => (calm ? 0 : world.scenario.sleepiness),
): Engine {
  const { scenario, time, tenant } = world;
  const odds = (args: readonly unknown[]) => sleepy(world.calm) * (isIntent(args[0]) ? 40 : 1);
  const longest = by === 'bot' ? 300 : 500_000;
  const alive = <T extends object>(port: T): T => (life ? mortal(port, life, { time, luck, odds, longest }) : port);
  const waiting = alive({ wait: time.wait });
  const clock: Clock = {
    tenantNow: () => instantAt(time.now()),
    machineNow: () => machineStart + time.now(),
    monotonic: () => time.now(),
    wait: waiting.wait,
  };
  return {
    tenantId: scenario.tenantId,
    store: alive(world.store),
    graph: alive(simGraph(tenant, by, roles)),
    exchange: noExchange,
    clock,
    random: seededRandom(luck),
    calendar: createCalendar(),
    vault: alive(vault),
    signer: alive(signer),
    policy: simPolicy(scenario),
    rules: { refresh: async () => undefined },
    workflows: { leaver: simWorkflow(scenario.accountWaits) },
    observe: false,
    report(what, error) {
      world.tell(`${by} reports ${what}: ${String(error)}`);
      if (what.startsWith('running') || what.startsWith('worker')) world.defects.push(error);
    },
  };
}

/** The commit before a send: another may have taken over by the time somebody who falls asleep here wakes. */
function isIntent(commit: unknown): boolean {
  if (typeof commit !== 'object' || commit === null || !('evidence' in commit)) return false;
  return Array.isArray(commit.evidence) && commit.evidence.some((entry) => entry.type === 'change.applying');
}

/** A worker process; when it dies another takes its place, under its own name, after a while. */
export function startWorker(world: World, name: string, incarnation = 1): void {
  const { scenario, time } = world;
  const owner = `${name}-${incarnation}`;
  const luck = chance(scenario.seed, owner);
  const dies = incarnation <= scenario.deaths;
  const life: Life = {
    dead: false,
    calls: 0,
    asleepUntil: 0,
    diesAt: dies ? luck.between(1, incarnation === 1 ? 250 : 80) : undefined,
    side: luck.pick(['before', 'after'] as const),
    died() {
      world.tell(`${owner} dies ${life.side} its call ${life.calls}`);
      time.at(time.now() + luck.between(0, 90_000), () => startWorker(world, name, incarnation + 1));
    },
  };
  const engine = engineOf(world, owner, luck, life);
  runWorker(engine, { owner, width: 1, idleMs: scenario.idleMs ?? 120_000, signal: world.end.signal }).catch(
    (error: unknown) => world.defects.push(error),
  );
}

/** Trouble ends: nothing is lost any more, nobody sleeps. What the tenant refuses it goes on refusing. */
export function calmDown(world: World): void {
  world.calm = true;
  world.tenant.storm = 0;
  world.tell(`calm (planned for ${instantAt(chaosEnds)})`);
}
