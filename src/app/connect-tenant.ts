import { z } from 'zod';
import { createExchange } from '#adapters/exchange/create-exchange';
import type { CmdletInfo } from '#adapters/exchange/exchange-settings';
import { createGraph } from '#adapters/graph/create-graph';
import type { RequestInfo, TraceLine } from '#adapters/graph/graph-settings';
import { type TokenSource, tokenSource } from '#adapters/identity/token-source';
import type { Config, Origins } from '#app/config';
import type { TenantId } from '#domain/ids';
import type { Clock } from '#engine/ports/clock';
import type { Exchange } from '#engine/ports/exchange';
import type { Graph } from '#engine/ports/graph';
import type { Random } from '#engine/ports/random';

export interface ConnectOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Where a tenant that this process started answers; otherwise the settings say. */
  readonly origins?: Origins;
  readonly onRequest?: (info: RequestInfo) => void;
  readonly onCmdlet?: (info: CmdletInfo) => void;
  readonly trace?: (line: TraceLine) => void;
  readonly onServerTime?: (epochMs: number) => void;
  /** False: one request after the other, as the bench compares. */
  readonly gather?: boolean;
}

export interface ConnectedTenant {
  readonly tenantId: TenantId;
  readonly graph: Graph;
  readonly exchange: Exchange;
  /** Of Graph: where a simulated tenant has its clock too. */
  readonly origin: string;
  readonly origins: Origins;
  readonly tokens: TokenSource;
  /** Resolves when the tenant takes our credential. Throws `Failure`. */
  probe(): Promise<void>;
}

/** Which tenant it is has to be known before a token can be asked for; a simulated one takes any bearer. */
const anyToken: TokenSource = { token: async () => 'simulated', forget: () => undefined };

/** A simulated tenant takes any client; the authority still wants one named, in the form of the real thing. */
const nobody = '00000000-0000-0000-0000-000000000000';

const organization = z.object({ id: z.string().transform((id) => id.toLowerCase()) });

/**
 * Graph and Exchange of the tenant that the settings name. In sandbox mode the simulated tenant is asked who it is, so that it
 * has to be running. Throws `Failure` when it does not answer, and a sentence when an origin is not allowed.
 */
export async function connectTenant(config: Config, options: ConnectOptions): Promise<ConnectedTenant> {
  const origins = options.origins ?? config.tenant.origins ?? simulatedAt(`http://127.0.0.1:${config.sandbox.port}`);
  const tenantId = config.tenant.tenantId ?? (await askTenantId(graphOf(config, options, origins, anyToken)));
  const tokens = tokensOf(config, options, origins, tenantId);
  const graph = graphOf(config, options, origins, tokens);
  return {
    tenantId,
    graph,
    exchange: createExchange({
      baseUrl: origins.exchange,
      tenantId,
      sandbox: mayBePlain(config),
      tokens,
      clock: options.clock,
      random: options.random,
      ...(options.onCmdlet ? { onRequest: options.onCmdlet } : {}),
    }),
    origin: origins.graph,
    origins,
    tokens,
    async probe() {
      await graph.get('/users?$top=1&$select=id', z.unknown());
    },
  };
}

/** A simulated tenant serves Graph, Exchange and sign-in at one origin. */
export function simulatedAt(origin: string): Origins {
  return { graph: origin, exchange: origin, login: origin };
}

/** The adapters take http on loopback only; production takes none at all. */
function mayBePlain(config: Config): boolean {
  return config.mode !== 'production';
}

function tokensOf(config: Config, { clock }: ConnectOptions, origins: Origins, tenantId: string): TokenSource {
  const { clientId, secret, certificatePath, managedIdentity } = config.tenant;
  const simulated = config.mode === 'sandbox';
  return tokenSource({
    tenantId,
    clientId: clientId === '' && simulated ? nobody : clientId,
    loginBaseUrl: origins.login,
    sandbox: mayBePlain(config),
    managedIdentity: managedIdentity && !simulated,
    clock,
    ...(certificatePath === undefined ? {} : { certificatePath }),
    ...(secret === undefined && simulated ? { secret: 'simulated' } : {}),
    ...(secret === undefined ? {} : { secret }),
  });
}

function graphOf(config: Config, options: ConnectOptions, origins: Origins, tokens: TokenSource): Graph {
  const { clock, random, onRequest, trace, onServerTime, gather } = options;
  return createGraph({
    baseUrl: origins.graph,
    sandbox: mayBePlain(config),
    tokens,
    clock,
    random,
    ...(onRequest ? { onRequest } : {}),
    ...(trace ? { trace } : {}),
    ...(onServerTime ? { onServerTime } : {}),
    ...(gather === undefined ? {} : { gather }),
  });
}

async function askTenantId(graph: Graph): Promise<TenantId> {
  const [first] = await graph.list('/organization?$select=id', organization);
  if (first === undefined) throw new Error('the simulated tenant does not say who it is: GET /organization is empty');
  return first.id;
}
