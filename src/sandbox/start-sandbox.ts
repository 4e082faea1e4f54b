import { createClock } from '#sandbox/clock';
import type { DialSettings } from '#sandbox/dials';
import { tenantId } from '#sandbox/firm/ids';
import { createSandboxServer } from '#sandbox/http/server';
import { createTenant } from '#sandbox/tenant/tenant';

export interface SandboxOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Loopback unless said otherwise. */
  readonly host?: string;
  /** The tenant's date at the start, ISO; it keeps ticking. */
  readonly seedNow?: string;
  readonly dials?: DialSettings;
}

export interface Sandbox {
  /** `http://host:port`, what GRAPH_BASE_URL, EXCHANGE_BASE_URL and LOGIN_BASE_URL are set to. */
  readonly origin: string;
  readonly port: number;
  readonly tenantId: string;
  close(): Promise<void>;
}

/**
 * Starts a simulated tenant and resolves when it answers.
 *
 * @throws when the port is taken, `seedNow` is no date, or a dial is unknown.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const host = options.host ?? '127.0.0.1';
  const seed = options.seedNow === undefined ? undefined : new Date(options.seedNow);
  if (seed !== undefined && Number.isNaN(seed.getTime())) throw new Error(`'${options.seedNow}' is no ISO date-time`);
  const server = createSandboxServer(createTenant(createClock(seed), options.dials ?? {}));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    origin: `http://${host}:${port}`,
    port,
    tenantId,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
