import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TenantProxy {
  readonly origin: string;
  /** What the tenant carried out, answered or not: method, path and body of every request that changed it; in order. */
  writes(): readonly string[];
  /** Calls `strike` once around the n-th request that changes something; that request then never gets an answer. */
  arm(n: number, moment: 'before' | 'after', strike: () => void): void;
  close(): Promise<void>;
}

interface Armed {
  readonly n: number;
  readonly moment: 'before' | 'after';
  readonly strike: () => void;
}

/** Stands between the worker and the simulated tenant, and sees every request twice: before it is applied and before it is answered. */
export async function startTenantProxy(tenantOrigin: string): Promise<TenantProxy> {
  const writes: string[] = [];
  let seen = 0;
  let armed: Armed | undefined;

  /** The strike due around this request, which is then no longer armed. */
  function strikeOn(write: string | undefined): Armed | undefined {
    if (write === undefined) return undefined;
    seen += 1;
    if (armed?.n !== seen) return undefined;
    const due = armed;
    armed = undefined;
    return due;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const write = nameOfWrite(request, body.toString('utf8'));
    const struck = strikeOn(write);
    if (struck?.moment === 'before') return struck.strike();
    const answer = await fetch(`${tenantOrigin}${request.url}`, {
      method: request.method ?? 'GET',
      headers: passedOn(request),
      ...(body.length > 0 ? { body } : {}),
    });
    const text = await answer.text();
    if (write !== undefined && answer.ok) writes.push(write);
    if (struck) return struck.strike();
    // Pages name the tenant's own address; the worker takes links to where it asked only.
    const own = text.replaceAll(tenantOrigin, `http://${request.headers.host}`);
    const kept = [...answer.headers].filter(([name]) => !/^(content-length|connection|keep-alive|date)$/.test(name));
    response.writeHead(answer.status, Object.fromEntries(kept));
    response.end(own);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    writes: () => writes,
    arm(n, moment, strike) {
      armed = { n, moment, strike };
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function passedOn(request: IncomingMessage): Record<string, string> {
  const dropped = new Set(['host', 'connection', 'content-length', 'keep-alive', 'transfer-encoding', 'expect']);
  return Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      dropped.has(name) || value === undefined ? [] : [[name, String(value)]],
    ),
  );
}

/** What a request changes, in words that two runs share; undefined when it only reads. */
function nameOfWrite(request: IncomingMessage, body: string): string | undefined {
  const { method = 'GET', url = '' } = request;
  if (method === 'GET' || /\/(\$batch|token|checkMemberGroups|getByIds)$/.test(url)) return undefined;
  if (/"CmdletName":"Get-/.test(body)) return undefined;
  return `${method} ${url} ${body}`.trim();
}
