import type { AddressInfo } from 'node:net';
import type { Next, Request, Response, Server } from 'restify';
import restify from 'restify';

/** One thing `/readyz` asks; throws with a sentence for the operator when it is not ready. */
export type ReadyCheck = () => Promise<void>;

export interface HttpOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** POST /api/messages. */
  readonly messages: (request: Request, response: Response) => Promise<void>;
  /** By name: `store`, `journal`, `credentials`. */
  readonly checks: Readonly<Record<string, ReadyCheck>>;
  /** prom-client's registry. */
  readonly metrics: { readonly contentType: string; metrics(): Promise<string> };
  readonly log: { error(fields: object, message: string): void };
}

export interface RunningHttp {
  readonly url: string;
  readonly port: number;
  /** Takes no new connection, lets running requests end, and after `graceMs` (5 s) cuts what is left. */
  close(graceMs?: number): Promise<void>;
}

/** Teams' activities are far smaller; whoever sends more gets 413 before anything is parsed. */
const maxBodySize = 256 * 1024;
const usualGraceMs = 5000;

/** Starts listening. Throws when the port is taken, with a sentence that says so. */
export async function startHttp(options: HttpOptions): Promise<RunningHttp> {
  const server = restify.createServer({ name: 'latchkey', handleUncaughtExceptions: false });
  const { bodyReader, jsonBodyParser } = restify.plugins;
  const body = [refuseEncoded, bodyReader({ maxBodySize }), ...jsonBodyParser()];
  server.post('/api/messages', ...body, async (request: Request, response: Response) => {
    try {
      await options.messages(request, response);
    } catch (error) {
      options.log.error({ err: error }, 'a request to /api/messages failed');
      if (!response.headersSent)
        response.send(500, { code: 'InternalError', message: 'the request could not be handled' });
    }
  });
  server.get('/healthz', (_request: Request, response: Response, next: Next) => {
    response.send(200, { status: 'ok' });
    next();
  });
  server.get('/readyz', async (_request: Request, response: Response) => {
    const report = await readiness(options.checks);
    response.send(report.status === 'ready' ? 200 : 503, report);
  });
  server.get('/metrics', async (_request: Request, response: Response) => {
    const text = await options.metrics.metrics();
    response.sendRaw(200, text, { 'content-type': options.metrics.contentType });
  });
  const port = await listen(server, options.host, options.port);
  return {
    port,
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    close: (graceMs = usualGraceMs) => close(server, graceMs),
  };
}

/** restify's reader counts the packed bytes, so a small body could unpack to a huge one, and it dies of a body that is not gzip. */
function refuseEncoded(request: Request, response: Response, next: Next): void {
  const encoding = request.headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') {
    next();
    return;
  }
  response.send(415, { code: 'UnsupportedMediaType', message: 'send the activity without content-encoding' });
  next(false);
}

interface Readiness {
  readonly status: 'ready' | 'not ready';
  readonly checks: Readonly<Record<string, string>>;
}

/** Every check is asked, side by side, so that one answer names all that is missing. */
async function readiness(checks: Readonly<Record<string, ReadyCheck>>): Promise<Readiness> {
  const asked = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      try {
        await check();
        return [name, 'ok'] as const;
      } catch (error) {
        return [name, error instanceof Error ? error.message : String(error)] as const;
      }
    }),
  );
  const status = asked.every(([, result]) => result === 'ok') ? 'ready' : 'not ready';
  return { status, checks: Object.fromEntries(asked) };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new Error(`Port ${port} is taken. Stop what uses it, or set PORT.`, { cause: error }) : error);
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server, graceMs: number): Promise<void> {
  const http = server.server as import('node:http').Server;
  const cut = AbortSignal.timeout(graceMs);
  cut.addEventListener('abort', () => http.closeAllConnections(), { once: true });
  return new Promise((resolve) => {
    server.close(() => resolve());
    http.closeIdleConnections();
  });
}
