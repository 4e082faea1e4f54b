import type { Config } from '#app/config';
import { OperatorError } from '#app/operator-error';
import { startSandbox } from '#sandbox/start-sandbox';

export interface StartedTenant {
  /** The settings with the tenant's origins filled in. */
  readonly connected: Config;
  /** Of the simulated tenant, whether started here or given; undefined for a real one. */
  readonly sandboxOrigin?: string;
  close(): Promise<void>;
}

/** As slow as the real services on a good day, so that people can watch a case move. */
const unhurried = { latencyMs: 150, lagMs: 1_500, exchangeLagMs: 3_000, mailboxLagMs: 2_000 };

/** In sandbox mode, and only when no tenant was named, starts the simulated one in this process. */
export async function startTenant(config: Config): Promise<StartedTenant> {
  const nothing = async () => undefined;
  if (config.mode !== 'sandbox') return { connected: config, close: nothing };
  if (config.tenant.origins) return { connected: config, sandboxOrigin: config.tenant.origins.graph, close: nothing };
  const { port, now } = config.sandbox;
  try {
    const sandbox = await startSandbox({ port, dials: unhurried, ...(now ? { seedNow: now } : {}) });
    const origins = { graph: sandbox.origin, exchange: sandbox.origin, login: sandbox.origin };
    return {
      connected: { ...config, tenant: { ...config.tenant, origins } },
      sandboxOrigin: sandbox.origin,
      close: () => sandbox.close(),
    };
  } catch (error) {
    throw new OperatorError(
      `The simulated tenant could not start on port ${port}: ${error instanceof Error ? error.message : error}. Stop what uses the port, or set SANDBOX_PORT.`,
      { cause: error },
    );
  }
}
