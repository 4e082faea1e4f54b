import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { pino } from 'pino';
import { createSystemClock } from '#adapters/clock/system-clock';
import { createSystemRandom } from '#adapters/random/system-random';
import { composeLatchkey } from '#app/compose';
import { loadConfig } from '#app/config';
import { type ConnectedTenant, connectTenant } from '#app/connect-tenant';
import { createMetrics } from '#app/metrics';
import type { Engine } from '#engine/engine';
import { type RecordingConnector, startRecordingConnector } from '../test/adapters/teams/recording-connector.js';
import { type Client, openClient } from '../test/stories/teams-client.js';

/** One request over the wire to Graph or Exchange; in ms of the monotonic clock. */
export interface RoundTrip {
  readonly from: number;
  readonly to: number;
}

/** Latchkey as the firm runs it, Teams replaced by a connector that remembers. */
export interface FirmAtWork {
  readonly engine: Engine;
  readonly roundTrips: readonly RoundTrip[];
  person(userId: string): Client;
  close(): Promise<void>;
}

/** `oneAtATime`: no request is sent before the one before it was answered, as a script would do it. */
export async function openFirm(origin: string, oneAtATime: boolean): Promise<FirmAtWork> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  const connector = await startRecordingConnector();
  const config = loadConfig(environmentOf(folder, origin, connector), { envFolder: folder });
  const clock = createSystemClock({ offsetMs: () => 0 });
  const random = createSystemRandom();
  const roundTrips: RoundTrip[] = [];
  const seen = ({ durationMs }: { readonly durationMs: number }) => {
    const to = clock.monotonic();
    roundTrips.push({ from: to - durationMs, to });
  };
  const connected = await connectTenant(config, {
    clock,
    random,
    onRequest: seen,
    onCmdlet: seen,
    ...(oneAtATime ? { gather: false } : {}),
  });
  const latchkey = await composeLatchkey({
    config: { ...config, port: 0 },
    tenant: oneAtATime ? inSingleFile(connected) : connected,
    clock,
    random,
    log: pino({ level: 'error' }),
    metrics: createMetrics(),
  });
  const http = await latchkey.listen();
  latchkey.work();
  const post = async (activity: object): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' };
    const url = `http://127.0.0.1:${http.port}/api/messages`;
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(activity) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`/api/messages answered ${answer.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  return {
    engine: latchkey.engine,
    roundTrips,
    person: (userId) => openClient({ userId, tenantId: connected.tenantId, connector, post }),
    async close() {
      await latchkey.stop();
      await connector.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function environmentOf(folder: string, origin: string, connector: RecordingConnector) {
  return {
    GRAPH_BASE_URL: origin,
    EXCHANGE_BASE_URL: origin,
    LOGIN_BASE_URL: origin,
    DATABASE_URL: `sqlite:${join(folder, 'latchkey.db')}`,
    SEALING_KEY_FILE: join(folder, 'sealing.key'),
    SIGNING_KEY_FILE: join(folder, 'signing.pem'),
    PLAYGROUND: 'off',
    CONNECTOR_SERVICE_URL: connector.url,
  };
}

function inSingleFile(tenant: ConnectedTenant): ConnectedTenant {
  const limit = pLimit(1);
  const { graph, exchange } = tenant;
  return {
    ...tenant,
    graph: {
      get: (...call) => limit(() => graph.get(...call)),
      list: (...call) => limit(() => graph.list(...call)),
      post: (...call) => limit(() => graph.post(...call)),
      patch: (...call) => limit(() => graph.patch(...call)),
      put: (...call) => limit(() => graph.put(...call)),
      delete: (...call) => limit(() => graph.delete(...call)),
    },
    exchange: { invoke: (...call) => limit(() => exchange.invoke(...call)) },
  };
}
