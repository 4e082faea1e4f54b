import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { pause } from '#sandbox/clock';
import { type Answer, ConnectionDropped, graphErrorBody, notServed, Refusal } from '#sandbox/http/answers';
import type { Call } from '#sandbox/http/call';
import { headersOf, parseBody, readBody } from '#sandbox/http/incoming';
import { actingAs, initiatorOf } from '#sandbox/http/initiator';
import { createRequestLog } from '#sandbox/http/request-log';
import { createSiteMap, type Place, placeOf, type SiteMap } from '#sandbox/http/site-map';
import { createThrottle, type Throttle } from '#sandbox/http/throttle';
import type { Tenant } from '#sandbox/tenant/tenant';

const jsonType = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

function send(response: ServerResponse, answer: Answer): void {
  const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
  const type: Record<string, string> = answer.body === undefined ? {} : { 'content-type': jsonType };
  response.writeHead(answer.status, {
    ...type,
    ...answer.headers,
    'content-length': Buffer.byteLength(text).toString(),
  });
  response.end(text);
}

async function callOf(tenant: Tenant, request: IncomingMessage, url: URL, place: Place): Promise<Call> {
  const headers = headersOf(request);
  const text = await readBody(request);
  return {
    tenant: actingAs(tenant, initiatorOf(tenant, headers)),
    method: request.method ?? 'GET',
    path: place.path,
    version: place.version,
    query: url.searchParams,
    headers,
    body: parseBody(text, headers['content-type'] ?? ''),
    host: headers['host'] ?? 'localhost',
  };
}

const isMailbox = (path: string): boolean => /^\/users\/[^/]+\/(mailboxSettings|mailFolders)(\/|$)/i.test(path);

/** Graph, Exchange and sign-in: with the wire's latency on both ways, and Outlook's limit of requests side by side. */
async function serve(site: SiteMap, throttle: Throttle, call: Call, url: string): Promise<Answer> {
  const latency = call.tenant.dials().latencyMs / 2;
  let leave: (() => void) | undefined;
  try {
    if (isMailbox(call.path)) leave = throttle.enterMailbox();
    if (latency > 0) await pause(latency);
    const answer = site.dispatcher.dispatch(call, url, false);
    if (latency > 0) await pause(latency);
    return answer;
  } catch (error) {
    if (error instanceof Refusal) return site.dispatcher.refuse(call, url, error);
    throw error;
  } finally {
    leave?.();
  }
}

function control(site: SiteMap, call: Call): Answer {
  const answer = site.control(call);
  if (answer === undefined) throw notServed(`${call.method} ${call.path}`);
  return answer;
}

/** The HTTP server of one simulated tenant. */
export function createSandboxServer(tenant: Tenant): Server {
  const log = createRequestLog();
  const throttle = createThrottle(tenant);
  const site = createSiteMap(throttle, log);

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const url = new URL(request.url ?? '/', 'http://sandbox');
      const place = placeOf(url.pathname);
      const call = await callOf(tenant, request, url, place);
      const answer =
        place.service === 'control' ? control(site, call) : await serve(site, throttle, call, request.url ?? '/');
      send(response, answer);
    } catch (error) {
      if (error instanceof ConnectionDropped) {
        request.socket.destroy();
        return;
      }
      const refusal =
        error instanceof Refusal
          ? error
          : new Refusal(500, 'SandboxFailure', `The sandbox itself failed: ${String(error)}`);
      send(response, { status: refusal.status, body: graphErrorBody(refusal, '', '', tenant.clock.now()) });
    }
  };

  const server = createServer((request, response) => {
    void handle(request, response);
  });
  // Longer than clients keep idle connections: otherwise one is closed under a request now and then, which no dial asked for.
  server.keepAliveTimeout = 120_000;
  return server;
}
