import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { pino } from 'pino';
import { parse, stringify } from 'yaml';
import { createSystemClock } from '#adapters/clock/system-clock';
import { createTenantClock, type TenantClock } from '#adapters/clock/tenant-clock';
import { createSystemRandom } from '#adapters/random/system-random';
import { composeLatchkey, type Latchkey } from '#app/compose';
import { loadConfig } from '#app/config';
import { connectTenant } from '#app/connect-tenant';
import { createMetrics } from '#app/metrics';
import { createRouter } from '#bot/router';
import type { CaseState } from '#domain/case-state';
import { loadCase } from '#engine/load-case';
import { verifyEvidence } from '#engine/verify-evidence';
import { type RecordingConnector, startRecordingConnector } from '../adapters/teams/recording-connector.js';
import { ids, itChannelId } from './firm.js';
import { type SimulatedTenant, startTenant } from './simulated-tenant.js';
import { type Client, openClient } from './teams-client.js';
import { recordTraffic } from './traffic.js';
import { falseSuccesses } from './truth.js';

/** A day at Northwind Traders: the tenant, Teams, and Latchkey between them. */
export interface World {
  readonly tenant: SimulatedTenant;
  readonly teams: RecordingConnector;
  /** Dana Reyes in HR, who asks; Morgan Lee, who manages Sales; Sam Okoro in IT, and his channel. */
  readonly hr: Client;
  readonly manager: Client;
  readonly it: Client & { readonly channel: Client };
  person(userId: string): Client;
  inChannel(userId: string): Client;
  /** Moves the tenant's date on, and lets Latchkey see it. */
  advance(ms: number): Promise<void>;
  /** What POLICY_FILE names; it keeps what a story writes into it. */
  readonly policyFile: string;
  /** Latchkey stops and is started again on the same database; `meanwhile` happens while it is off. */
  restart(meanwhile?: () => Promise<void>): Promise<void>;
  /** What the store holds of a case: for what no card shows. */
  caseState(caseId: string): Promise<CaseState>;
  /** Types of the evidence rows of a case, in order. */
  evidence(caseId: string): Promise<readonly string[]>;
  /** What the evidence of a case says of one type of event, in order. */
  evidenceData(caseId: string, type: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** What the firm's own chain says of one type of event, in order. */
  houseData(type: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  until(met: () => boolean | Promise<boolean>, what: string, ms?: number): Promise<void>;
}

export interface WorldOptions {
  /** Answers as in observe mode, which itself takes none but Teams' signed messages. */
  readonly observe?: boolean;
  /** Replaces single values of the policy's sandbox section. */
  readonly policy?: object;
  /** Without IT's channel exceptions go to the people of IT one by one. */
  readonly withoutChannel?: boolean;
}

/** Waiting as a real tenant makes one wait would only be boring. */
const quick = {
  verify: { gapMs: 60, firstPollMs: 20, maxPollMs: 500, deadlineMs: 120_000, settleMs: 500 },
  run: { backoffMs: 50 },
  cards: { editGapMs: 50 },
};

/** A story in a world of its own. When it is told, the evidence is whole and nothing is confirmed that is not so. */
export function inWorld(story: (world: World) => Promise<void>, options: WorldOptions = {}): () => Promise<void> {
  return async () => {
    const opened = await openWorld(options);
    try {
      await story(opened.world);
      await opened.check();
    } catch (error) {
      throw withLog(error, opened.logged);
    } finally {
      await opened.close();
    }
  };
}

function withLog(error: unknown, logged: readonly string[]): unknown {
  if (error instanceof Error && logged.length > 0) error.message += `\nLatchkey's log:\n${logged.slice(-12).join('')}`;
  return error;
}

async function openWorld(options: WorldOptions) {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-story-'));
  const tenant = await startTenant();
  const teams = await startRecordingConnector();
  const logged: string[] = [];
  let running = await startLatchkey(folder, tenant, teams, options, logged);
  const clients = new Map<string, Client>();
  const client = (userId: string, inChannel: boolean): Client => {
    const key = `${userId}/${inChannel}`;
    const known = clients.get(key);
    if (known) return known;
    const made = openClient({
      userId,
      tenantId: tenant.tenantId,
      connector: teams,
      post: (activity) => running.post(activity),
      ...(inChannel ? { elsewhere: itChannel(tenant.tenantId) } : {}),
    });
    clients.set(key, made);
    return made;
  };
  const store = () => running.latchkey.engine.store;
  const world: World = {
    tenant,
    teams,
    hr: client(ids.dana, false),
    manager: client(ids.morgan, false),
    it: { ...client(ids.sam, false), channel: client(ids.sam, true) },
    person: (userId) => client(userId, false),
    inChannel: (userId) => client(userId, true),
    async advance(ms) {
      await tenant.advance(ms);
      await running.clock.refresh();
    },
    policyFile: join(folder, 'policy.yaml'),
    async restart(meanwhile) {
      await running.stop();
      await meanwhile?.();
      running = await startLatchkey(folder, tenant, teams, options, logged);
    },
    async caseState(caseId) {
      const state = await loadCase(store(), tenant.tenantId, caseId);
      if (!state) throw new Error(`there is no case ${caseId}`);
      return state;
    },
    async evidence(caseId) {
      const rows = await store().chain(tenant.tenantId, caseId);
      return rows.map(({ line }) => (JSON.parse(line) as { readonly type: string }).type);
    },
    houseData: (type) => world.evidenceData('house', type),
    async evidenceData(caseId, type) {
      const rows = await store().chain(tenant.tenantId, caseId);
      return rows.map(({ line }) => JSON.parse(line)).flatMap((row) => (row.type === type ? [row.data] : []));
    },
    until: untilMet,
  };
  return {
    world,
    logged,
    async check() {
      const report = await verifyEvidence({ store: store(), tenantId: tenant.tenantId });
      expect(report.problems, 'evidence').to.deep.equal([]);
      const cases = await store().list(tenant.tenantId, 'case');
      const states = await Promise.all(cases.map(({ key }) => world.caseState(key)));
      for (const state of states)
        expect(await falseSuccesses(state, tenant, states), `false successes in ${state.record.caseId}`).to.deep.equal(
          [],
        );
    },
    async close() {
      await running.stop();
      await Promise.all([tenant.close(), teams.close()]);
      rmSync(folder, { recursive: true });
    },
  };
}

function itChannel(tenantId: string) {
  return {
    conversation: { id: itChannelId, conversationType: 'channel', isGroup: true, tenantId },
    channelData: { tenant: { id: tenantId }, team: { id: '19:team' }, channel: { id: itChannelId } },
  } as const;
}

interface Running {
  readonly latchkey: Latchkey;
  readonly clock: TenantClock;
  post(activity: object): Promise<unknown>;
  stop(): Promise<void>;
}

async function startLatchkey(
  folder: string,
  tenant: SimulatedTenant,
  teams: RecordingConnector,
  options: WorldOptions,
  logged: string[],
): Promise<Running> {
  const config = loadConfig(environment(folder, tenant, teams, options), { envFolder: folder });
  const tenantClock = createTenantClock({ origin: tenant.origin, pollMs: 250 });
  await tenantClock.start();
  const clock = createSystemClock({ offsetMs: () => tenantClock.offsetMs() });
  const random = createSystemRandom();
  const connected = await connectTenant(config, { clock, random, trace: recordTraffic });
  const latchkey = await composeLatchkey({
    config: { ...config, port: 0 },
    tenant: connected,
    clock,
    random,
    log: pino({ level: 'warn', base: null }, { write: (line: string) => void logged.push(line) }),
    metrics: createMetrics(),
    ...(options.withoutChannel ? {} : { itChannelId }),
  });
  if (options.observe)
    latchkey.teams.setRouter(createRouter({ engine: { ...latchkey.engine, observe: true }, itChannelId }));
  const http = await latchkey.listen();
  latchkey.work();
  return {
    latchkey,
    clock: tenantClock,
    async post(activity) {
      const answer = await fetch(`http://127.0.0.1:${http.port}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(activity),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`/api/messages answered ${answer.status}: ${text}`);
      return text === '' ? undefined : JSON.parse(text);
    },
    async stop() {
      tenantClock.stop();
      await latchkey.stop();
    },
  };
}

function environment(folder: string, tenant: SimulatedTenant, teams: RecordingConnector, options: WorldOptions) {
  const policyFile = join(folder, 'policy.yaml');
  const policy = parse(readFileSync('config/policy.yaml', 'utf8')) as object;
  const text = stringify({ ...policy, sandbox: { ...quick, ...options.policy } });
  if (!existsSync(policyFile)) writeFileSync(policyFile, text);
  return {
    LATCHKEY_MODE: 'sandbox',
    HOST: '127.0.0.1',
    GRAPH_BASE_URL: tenant.origin,
    EXCHANGE_BASE_URL: tenant.origin,
    LOGIN_BASE_URL: tenant.origin,
    DATABASE_URL: `sqlite:${join(folder, 'latchkey.db')}`,
    SEALING_KEY_FILE: join(folder, 'sealing.key'),
    SIGNING_KEY_FILE: join(folder, 'signing.pem'),
    POLICY_FILE: policyFile,
    PLAYGROUND: 'off',
    CONNECTOR_SERVICE_URL: teams.url,
  };
}

async function untilMet(met: () => boolean | Promise<boolean>, what: string, ms = 6000): Promise<void> {
  for (const end = performance.now() + ms; performance.now() < end; await wait(15)) if (await met()) return;
  throw new Error(`not within ${ms} ms: ${what}`);
}
