import type { Answer } from '#sandbox/http/answers';
import type { Call, RoutedCall } from '#sandbox/http/call';

export type Handler = (call: RoutedCall) => Answer;

/** `['GET /users/:user/memberOf', handler]`. Segments match without regard to case; `:name` takes any segment. */
export type Route = readonly [pattern: string, handler: Handler];

interface CompiledRoute {
  readonly method: string;
  readonly segments: readonly string[];
  readonly literals: number;
  readonly handler: Handler;
}

export type Router = (call: Call) => Answer | undefined;

function compile([pattern, handler]: Route): CompiledRoute {
  const [method = '', path = ''] = pattern.split(' ');
  const segments = path.split('/').slice(1);
  return { method, segments, literals: segments.filter((segment) => !segment.startsWith(':')).length, handler };
}

function capture(route: CompiledRoute, segments: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [at, wanted] of route.segments.entries()) {
    const segment = segments[at] ?? '';
    if (wanted.startsWith(':')) params[wanted.slice(1)] = segment;
    else if (wanted.toLowerCase() !== segment.toLowerCase()) return undefined;
  }
  return params;
}

/** Answers undefined for what no route takes; of two that match, the one with more literal segments wins. */
export function createRouter(routes: readonly Route[]): Router {
  const compiled = routes.map(compile).sort((one, other) => other.literals - one.literals);
  return (call) => {
    const segments = call.path.split('/').slice(1);
    for (const route of compiled) {
      if (route.method !== call.method || route.segments.length !== segments.length) continue;
      const params = capture(route, segments);
      if (params === undefined) continue;
      const routed: RoutedCall = { ...call, params };
      return route.handler(routed);
    }
    return undefined;
  };
}

/**
 * Path segments as routes are written: `users('id')` is `users/id`, `graph.group` is `microsoft.graph.group`. The result is
 * decoded, so that a UPN with `#EXT#` arrives as it is stored.
 */
export function normalisePath(path: string): string {
  const segments = path
    .split('/')
    .filter((segment) => segment !== '')
    .map(decodeURIComponent)
    .flatMap((segment) => {
      const keyed = /^([A-Za-z]+)\('(.*)'\)$/.exec(segment);
      return keyed ? [keyed[1] ?? '', keyed[2] ?? ''] : [segment.replace(/^graph\./, 'microsoft.graph.')];
    });
  return `/${segments.join('/')}`;
}
