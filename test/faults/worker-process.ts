import { randomUUID } from 'node:crypto';
import SqliteConnection from 'better-sqlite3';
import { runDelivery } from '#app/delivery-loop';
import type { CaseId } from '#domain/ids';
import { type Instant, msBetween } from '#domain/instant';
import type { Engine } from '#engine/engine';
import { runWorker } from '#engine/worker';
import { chatOverHttp } from './chat-over-http.js';
import { composeWorker, databaseOf } from './compose-worker.js';
import { approveAsManager, askForLeaver } from './people.js';
import { workerSettings } from './worker-settings.js';

/** One life of a worker: asks, works, delivers; ends when nothing is left to do, or with SIGKILL where the settings say. */
const settings = workerSettings.parse(JSON.parse(process.argv[2] ?? ''));
const { killAt } = settings;
let writes = 0;
const engine = await composeWorker(settings, (n, moment) => {
  writes = n;
  if (killAt?.n === n && killAt.moment === moment) process.kill(process.pid, 'SIGKILL');
});

const end = new AbortController();
const { signal } = end;
const working = [
  runWorker(engine, { owner: randomUUID(), width: 2, idleMs: 50, signal }),
  runDelivery({ engine, itChannelId: undefined }, chatOverHttp(settings.chatOrigin), signal, () => undefined),
];
const caseId = await askForLeaver(engine, settings);
await approveAsManager(engine, caseId, settings.manager);
await allDone(engine, caseId);
end.abort();
await Promise.all(working);
await engine.store.close();
console.log(JSON.stringify({ writes }));

/** The first look at a closed case comes an hour later, what follows it weeks later. */
function isLater(due: Instant | undefined, now: Instant): boolean {
  return due === undefined || msBetween(now, due) > 30 * 60_000;
}

/** Closed, the closure signed, nothing left but what is due much later, and every message delivered. */
async function allDone({ store, tenantId, clock }: Engine, caseId: CaseId): Promise<void> {
  const beside = new SqliteConnection(databaseOf(settings.folder), { readonly: true });
  const waiting = beside.prepare<[], number>('select count(*) from outbox').pluck();
  for (;;) {
    const record = (await store.get(tenantId, 'case', caseId))?.body;
    const signed = await store.get(tenantId, 'counter', `signed/${caseId}`);
    const due = await store.nextCaseDueAt(tenantId);
    if (record?.milestones.completedAt && signed && isLater(due, clock.tenantNow()) && waiting.get() === 0) break;
    await clock.wait(20);
  }
  beside.close();
}
