import { createServerClock } from '#adapters/clock/server-clock';
import { createSystemClock } from '#adapters/clock/system-clock';
import { createTenantClock } from '#adapters/clock/tenant-clock';
import { createTraceFile } from '#adapters/graph/trace-file';
import { createSystemRandom } from '#adapters/random/system-random';
import { composeLatchkey, type Latchkey } from '#app/compose';
import { type Config, configOfProcess } from '#app/config';
import { connectTenant } from '#app/connect-tenant';
import { createLog } from '#app/log';
import { createMetrics } from '#app/metrics';
import { OperatorError } from '#app/operator-error';
import { seatPlaygrounds } from '#app/seat-playgrounds';
import { startTenant } from '#app/start-tenant';
import { startText } from '#app/start-text';

type Stop = () => Promise<void>;

/** Starts everything the settings ask for, waits until all of it answers, and says what to open and type. */
async function start(config: Config, stops: Stop[]): Promise<void> {
  const log = createLog(config.logLevel);
  const metrics = createMetrics();
  const random = createSystemRandom();
  const { connected, sandboxOrigin, close } = await startTenant(config);
  stops.push(close);

  const tenantClock = sandboxOrigin
    ? createTenantClock({
        origin: sandboxOrigin,
        onFailure: (error) => log.warn({ err: error }, 'the simulated tenant’s clock could not be read'),
      })
    : undefined;
  await tenantClock?.start();
  stops.push(async () => tenantClock?.stop());
  const machine = createSystemClock({ offsetMs: () => 0 });
  const serverClock = tenantClock
    ? undefined
    : createServerClock({ wall: () => machine.machineNow(), monotonic: () => machine.monotonic() });
  const clock = createSystemClock({ offsetMs: () => (tenantClock ?? serverClock)?.offsetMs() ?? 0 });
  const trace = config.graphTraceFile
    ? createTraceFile(config.graphTraceFile, (error) =>
        log.error({ err: error }, 'the Graph trace could not be written'),
      )
    : undefined;
  const tenant = await connectTenant(connected, {
    clock,
    random,
    onRequest: (info) => metrics.graphRequest(info.method, info.status, info.durationMs),
    onCmdlet: (info) => metrics.exchangeRequest(info.cmdlet, info.status, info.durationMs),
    ...(trace ? { trace } : {}),
    ...(serverClock ? { onServerTime: serverClock.heard } : {}),
  });

  const seats = seatPlaygrounds(config);
  const latchkey: Latchkey = await composeLatchkey({
    config,
    tenant,
    clock,
    random,
    log,
    metrics,
    personas: seats.personas,
    ...(serverClock ? { serverClock } : {}),
    ...(seats.itChannelId ? { itChannelId: seats.itChannelId } : {}),
  });
  stops.push(() => latchkey.stop());
  const http = await latchkey.listen();
  const screens = await seats.start({ tenant, botEndpoint: `http://127.0.0.1:${http.port}/api/messages` });
  stops.push(() => seats.close());
  latchkey.work();
  const { store, tenantId } = latchkey.engine;
  const pending = await store.get(tenantId, 'policyVersion', 'proposed');
  process.stdout.write(
    startText({
      config,
      http,
      screens,
      now: clock.tenantNow(),
      calendar: latchkey.engine.calendar,
      policy: latchkey.engine.policy,
      policyWaits: pending !== undefined && !pending.body.rejected,
    }),
  );
}

async function stopAll(stops: readonly Stop[]): Promise<void> {
  for (const stop of [...stops].reverse()) await stop();
}

async function main(): Promise<void> {
  const stops: Stop[] = [];
  let stopping = false;
  const end = (code: number) => {
    if (stopping) return;
    stopping = true;
    void stopAll(stops).then(
      () => process.exit(code),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', () => end(0));
  process.once('SIGTERM', () => end(0));
  try {
    await start(configOfProcess(), stops);
  } catch (error) {
    console.error(error instanceof OperatorError ? error.message : error);
    end(1);
  }
}

await main();
