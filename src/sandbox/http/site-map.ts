import { controlRoutes } from '#sandbox/control/control-routes';
import { exchangeRoutes } from '#sandbox/exchange/exchange-routes';
import { graphRoutes } from '#sandbox/graph/graph-routes';
import { type Answer, Refusal } from '#sandbox/http/answers';
import { runBatch } from '#sandbox/http/batch';
import type { Call } from '#sandbox/http/call';
import { createDispatcher, type Dispatcher } from '#sandbox/http/dispatcher';
import type { RequestLog } from '#sandbox/http/request-log';
import { createRouter, normalisePath, type Router } from '#sandbox/http/router';
import { signInRoutes } from '#sandbox/http/sign-in';
import type { Throttle } from '#sandbox/http/throttle';

/** Which service a path belongs to, and the path below it. */
export interface Place {
  readonly service: 'graph' | 'exchange' | 'sign-in' | 'control';
  readonly version: string;
  readonly path: string;
}

export function placeOf(pathname: string): Place {
  const graph = /^\/(v1\.0|beta)(?=\/|$)/.exec(pathname);
  if (graph) return { service: 'graph', version: graph[1] ?? '', path: normalisePath(pathname.slice(graph[0].length)) };
  const path = normalisePath(pathname);
  if (path.startsWith('/_sandbox/')) return { service: 'control', version: '', path };
  return { service: path.startsWith('/adminapi/') ? 'exchange' : 'sign-in', version: '', path };
}

export interface SiteMap {
  /** For Graph, Exchange and sign-in. */
  readonly dispatcher: Dispatcher;
  /** For `/_sandbox/…`, which no fault and no throttle touches. */
  readonly control: Router;
}

function checkSignedIn(call: Call): void {
  if (/^bearer\s+\S/i.test(call.headers['authorization'] ?? '')) return;
  throw new Refusal(401, 'InvalidAuthenticationToken', 'Access token is empty.', { 'www-authenticate': 'Bearer' });
}

/** Puts the services' routes behind one dispatcher. */
export function createSiteMap(throttle: Throttle, log: RequestLog): SiteMap {
  const graph = createRouter(graphRoutes);
  const exchange = createRouter(exchangeRoutes);
  const signIn = createRouter(signInRoutes);

  const batch = (call: Call): Answer =>
    runBatch(call, (item) => {
      const url = `/${call.version}${item.url}`;
      const [pathname = '', search = ''] = url.split(/\?(.*)/s);
      const inner: Call = {
        ...call,
        method: item.method,
        path: placeOf(pathname).path,
        query: new URLSearchParams(search),
        headers: { ...item.headers, authorization: call.headers['authorization'] ?? '' },
        body: item.body,
      };
      return dispatcher.dispatch(inner, url, true);
    });

  const router: Router = (call) => {
    if (call.version !== '') {
      checkSignedIn(call);
      return call.path === '/$batch' && call.method === 'POST' ? batch(call) : graph(call);
    }
    if (!call.path.startsWith('/adminapi/')) return signIn(call);
    checkSignedIn(call);
    return exchange(call);
  };
  const dispatcher = createDispatcher({ router, throttle, log });
  return { dispatcher, control: createRouter(controlRoutes(log)) };
}
