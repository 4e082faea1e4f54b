import { connect } from 'node:net';
import { createServerClock, type ServerClock } from '#adapters/clock/server-clock';
import { createSystemClock } from '#adapters/clock/system-clock';
import { createTenantClock } from '#adapters/clock/tenant-clock';
import { createTraceFile } from '#adapters/graph/trace-file';
import { createSystemRandom } from '#adapters/random/system-random';
import type { Config } from '#app/config';
import { type ConnectedTenant, connectTenant, simulatedAt } from '#app/connect-tenant';
import type { Clock } from '#engine/ports/clock';
import { startSandbox } from '#sandbox/start-sandbox';

export interface OpenTenant extends ConnectedTenant {
  readonly clock: Clock;
  /** Of a real tenant: how this machine's clock compares with it. */
  readonly serverClock?: ServerClock;
  close(): Promise<void>;
}

type Print = (line: string) => void;

/**
 * The tenant for one command. In sandbox mode: the one that GRAPH_BASE_URL names, else one that answers on SANDBOX_PORT, else one
 * of its own that ends with the command.
 */
export async function openTenant(config: Config, print: Print): Promise<OpenTenant> {
  const started = await startWhereNoneRuns(config, print);
  try {
    const origins = started ? simulatedAt(started.origin) : undefined;
    const ahead = await readOffset(config, started?.origin ?? config.tenant.origins?.graph, print);
    const machine = createSystemClock({ offsetMs: () => 0 });
    const serverClock =
      config.mode === 'sandbox'
        ? undefined
        : createServerClock({ wall: () => machine.machineNow(), monotonic: () => machine.monotonic() });
    const clock = createSystemClock({ offsetMs: () => serverClock?.offsetMs() ?? ahead });
    const trace = config.graphTraceFile
      ? createTraceFile(config.graphTraceFile, (error) => print(`The trace could not be written: ${String(error)}`))
      : undefined;
    const tenant = await connectTenant(config, {
      clock,
      random: createSystemRandom(),
      ...(origins ? { origins } : {}),
      ...(trace ? { trace } : {}),
      ...(serverClock ? { onServerTime: serverClock.heard } : {}),
    });
    return { ...tenant, clock, ...(serverClock ? { serverClock } : {}), close: async () => started?.close() };
  } catch (error) {
    await started?.close();
    throw error;
  }
}

async function startWhereNoneRuns(config: Config, print: Print) {
  if (config.mode !== 'sandbox' || config.tenant.origins || (await answers(config.sandbox.port))) return undefined;
  const sandbox = await startSandbox({ port: 0, ...(config.sandbox.now ? { seedNow: config.sandbox.now } : {}) });
  print(`No simulated tenant answers on port ${config.sandbox.port}: started one for this command.`);
  return sandbox;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
    socket.once('connect', () => socket.end());
  });
}

/** Only a simulated tenant has a clock of its own. */
async function readOffset(config: Config, origin: string | undefined, print: Print): Promise<number> {
  if (config.mode !== 'sandbox') return 0;
  const clock = createTenantClock({ origin: origin ?? `http://127.0.0.1:${config.sandbox.port}` });
  try {
    await clock.refresh();
  } catch (error) {
    print(`The simulated tenant's clock does not answer; this machine's is used (${String(error)}).`);
  }
  return clock.offsetMs();
}
