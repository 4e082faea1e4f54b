import { join } from 'node:path';
import { createCalendar } from '#adapters/calendar/luxon-calendar';
import { createSystemClock } from '#adapters/clock/system-clock';
import { createExchange } from '#adapters/exchange/create-exchange';
import { createGraph } from '#adapters/graph/create-graph';
import { createSystemRandom } from '#adapters/random/system-random';
import { openCheckpointSigner } from '#adapters/signing/checkpoint-signer';
import { openSqliteStore } from '#adapters/store/sqlite-store';
import { loadOrCreateKey } from '#adapters/vault/key-file';
import { openVault } from '#adapters/vault/vault';
import { loadPolicy } from '#app/policy-file';
import type { Engine } from '#engine/engine';
import { leaver } from '#workflows/leaver';
import type { WorkerSettings } from './worker-settings.js';

/** The engine on real adapters over HTTP and a database file, without the bot's SDK. */
export async function composeWorker(
  settings: WorkerSettings,
  onWrite: (n: number, moment: 'before' | 'after') => void,
): Promise<Engine> {
  const clock = createSystemClock({ offsetMs: () => 0 });
  const random = createSystemRandom();
  const store = await openSqliteStore({ path: databaseOf(settings.folder), onWrite });
  const tokens = { token: async () => 'simulated', forget: () => undefined };
  const wire = { baseUrl: settings.tenantOrigin, sandbox: true, tokens, clock, random };
  return {
    tenantId: settings.tenantId,
    store,
    graph: createGraph(wire),
    exchange: createExchange({ ...wire, tenantId: settings.tenantId }),
    clock,
    random,
    calendar: createCalendar(),
    vault: openVault({ store, kek: await loadOrCreateKey(join(settings.folder, 'sealing.key')) }),
    signer: await openCheckpointSigner({ keyFile: signingKeyOf(settings.folder) }),
    policy: await loadPolicy(settings.policyFile, { sandbox: true }),
    rules: { refresh: async () => undefined },
    workflows: { leaver },
    observe: false,
    report: (what, error) => console.error(what, error),
  };
}

export function databaseOf(folder: string): string {
  return join(folder, 'latchkey.db');
}

export function signingKeyOf(folder: string): string {
  return join(folder, 'checkpoint.pem');
}
