import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { createCalendar } from '#adapters/calendar/luxon-calendar';
import type { ServerClock } from '#adapters/clock/server-clock';
import { createHeartbeat } from '#adapters/heartbeat/http-heartbeat';
import { openCheckpointSigner } from '#adapters/signing/checkpoint-signer';
import { openPostgresStore } from '#adapters/store/postgres-store';
import { openSqliteStore } from '#adapters/store/sqlite-store';
import type { PersonaBook } from '#adapters/teams/persona-book';
import { createTeams, type Teams, type TeamsOptions } from '#adapters/teams/teams';
import { loadOrCreateKey } from '#adapters/vault/key-file';
import { openVault } from '#adapters/vault/vault';
import { botIdentity } from '#app/bot-identity';
import { type ClockWatchOptions, untilTimeIsKnown, watchClock } from '#app/clock-watch';
import type { Config } from '#app/config';
import type { ConnectedTenant } from '#app/connect-tenant';
import { runDelivery } from '#app/delivery-loop';
import { createEvidenceWatch, type EvidenceWatch } from '#app/evidence-watch';
import { runHeartbeat } from '#app/heartbeat-loop';
import { type RunningHttp, startHttp } from '#app/http';
import type { Metrics } from '#app/metrics';
import { OperatorError } from '#app/operator-error';
import { createOverdueWatch } from '#app/overdue-watch';
import { openPolicyInForce, type PolicyInForce } from '#app/policy-in-force';
import { runWork } from '#app/run-work';
import type { BotContext } from '#bot/bot-context';
import { createRouter } from '#bot/router';
import { houseChain } from '#domain/evidence';
import { hashOfPolicy } from '#domain/policy-hash';
import type { Engine } from '#engine/engine';
import { houseDuties } from '#engine/house-duties';
import type { CheckpointSigner } from '#engine/ports/checkpoint-signer';
import type { Clock } from '#engine/ports/clock';
import type { Random } from '#engine/ports/random';
import type { Store } from '#engine/ports/store';
import { leaver } from '#workflows/leaver';

export interface Parts {
  readonly config: Config;
  readonly tenant: ConnectedTenant;
  readonly clock: Clock;
  /** How this machine's clock compares with a real tenant's; none where the tenant is simulated. */
  readonly serverClock?: ServerClock;
  readonly random: Random;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Where the playgrounds show their persons' messages; filled when they have started. */
  readonly personas?: PersonaBook;
  /** The channel of IT's playground, unless a setting names another. */
  readonly itChannelId?: string;
  /** Called around every committing write: fault tests end the process there. */
  readonly onWrite?: (n: number, moment: 'before' | 'after') => void;
}

export interface Latchkey {
  readonly engine: Engine;
  readonly teams: Teams;
  /** Starts answering HTTP. */
  listen(): Promise<RunningHttp>;
  /** Starts the workers, the delivery and the daily checkpoint. */
  work(): void;
  stop(): Promise<void>;
}

const workerWidth = 4;
const workerIdleMs = 1_000;

/** Puts one tenant's Latchkey together; nothing runs before `listen` and `work`. */
export async function composeLatchkey(parts: Parts): Promise<Latchkey> {
  const { config, tenant, clock, log } = parts;
  const store = await openStore(parts);
  const signer = await openCheckpointSigner({ keyFile: config.keys.signingFile });
  const rules = await openPolicyInForce({
    store,
    tenantId: tenant.tenantId,
    file: config.policyFile,
    sandbox: config.mode === 'sandbox',
    observe: config.mode === 'observe',
    tenantNow: () => clock.tenantNow(),
  });
  const engine = await composeEngine(parts, store, signer, rules);
  // Before anything is answered: whether the file says otherwise than the rules in force is told at the start.
  await rules.watch.act(engine);
  const itChannelId = config.bot.itChannelId ?? parts.itChannelId;
  const { teamsAppId } = config.appPackage;
  const bot: BotContext = { engine, itChannelId, ...(teamsAppId ? { teamsAppId } : {}) };
  const teams = teamsOf({
    tenantId: tenant.tenantId,
    identity: botIdentity(config),
    sandbox: config.mode === 'sandbox',
    host: config.host,
    store,
    clock,
    log,
    ...(config.bot.connectorServiceUrl ? { connectorServiceUrl: config.bot.connectorServiceUrl } : {}),
    ...(parts.personas ? { personas: parts.personas } : {}),
  });
  teams.setRouter(createRouter(bot));
  const time = timeOf(parts, engine);
  const evidence = createEvidenceWatch(engine, signer, parts.metrics);
  const overdue = createOverdueWatch(engine);
  const checks = { ...readyChecks(parts, store, evidence), work: overdue.assertOnTime };
  const { heartbeat } = config;
  const beat = heartbeat.url === undefined ? undefined : createHeartbeat({ url: heartbeat.url });
  const stopping = new AbortController();
  const running: Promise<unknown>[] = [];
  let http: RunningHttp | undefined;
  return {
    engine,
    teams,
    async listen() {
      http = await startHttp({
        host: config.host,
        port: config.port,
        messages: (request, response) => teams.process(request, response),
        checks,
        metrics: parts.metrics.registry,
        log,
      });
      return http;
    },
    work() {
      running.push(
        runWork(engine, {
          owner: randomUUID(),
          width: workerWidth,
          idleMs: workerIdleMs,
          signal: stopping.signal,
          duties: [rules.watch, ...houseDuties],
          tried: overdue.tried,
          timeIsKnown: async (signal) => time && untilTimeIsKnown(time, signal),
        }),
        runDelivery(bot, teams.chat, stopping.signal, parts.metrics.delivered),
        evidence.keep(stopping.signal),
        runHeartbeat(
          { clock, checks, everyMs: heartbeat.everyMs, metrics: parts.metrics, log, ...(beat ? { beat } : {}) },
          stopping.signal,
        ),
        ...(time ? [watchClock(time, stopping.signal)] : []),
      );
    },
    async stop() {
      stopping.abort();
      await http?.close();
      await Promise.allSettled(running);
      await teams.idle();
      await store.close();
    },
  };
}

/** An identity that would leave the bot open to anybody is the operator's to mend: a sentence, not a stack. */
function teamsOf(options: TeamsOptions): Teams {
  try {
    return createTeams(options);
  } catch (error) {
    throw new OperatorError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

async function openStore({ config, onWrite, log }: Parts): Promise<Store> {
  const { database } = config;
  if (database.kind === 'sqlite') return openSqliteStore({ path: database.path, ...(onWrite ? { onWrite } : {}) });
  return openPostgresStore({
    url: database.url,
    onIdleError: (error) => log.error({ err: error }, 'an idle database connection failed'),
  });
}

async function composeEngine(
  parts: Parts,
  store: Store,
  signer: CheckpointSigner,
  rules: PolicyInForce,
): Promise<Engine> {
  const { config, tenant, clock, random, log, metrics } = parts;
  const kek = await loadOrCreateKey(config.keys.sealingFile);
  const engine: Engine = {
    tenantId: tenant.tenantId,
    store,
    graph: tenant.graph,
    exchange: tenant.exchange,
    clock,
    random,
    calendar: createCalendar(),
    vault: openVault({ store, kek }),
    signer,
    get policy() {
      return rules.policy;
    },
    rules,
    workflows: { leaver },
    observe: config.mode === 'observe',
    report: (what, error) => {
      metrics.reported();
      log.warn({ err: error }, what);
    },
  };
  await recordStart(engine, config, hashOfPolicy(rules.policy));
  return engine;
}

/** Under which rules and in which mode it ran from now on: the firm's own chain says so. */
async function recordStart(engine: Engine, config: Config, policyHash: string): Promise<void> {
  const entry = {
    chain: houseChain,
    type: 'process.started',
    at: engine.clock.tenantNow(),
    actor: { kind: 'clock' },
    data: { mode: config.mode, policy: policyHash },
  } as const;
  const result = await engine.store.commit({ tenantId: engine.tenantId, state: [], evidence: [entry], outbox: [] });
  if (!result.ok) throw new Error(`the start could not be put on the record: ${result.reason}`);
}

function timeOf({ clock, serverClock, tenant, metrics }: Parts, { report }: Engine): ClockWatchOptions | undefined {
  return serverClock && { clock, serverClock, ask: () => tenant.probe(), metrics, report };
}

function readyChecks({ tenant }: Parts, store: Store, evidence: EvidenceWatch) {
  return {
    store: () => store.probe(),
    journal: async () => evidence.assertWhole(),
    credentials: () => tenant.probe(),
  };
}
