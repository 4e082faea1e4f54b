import type { WireCall } from '#adapters/graph/wire-call';
import { Failure } from '#domain/failure';

/**
 * The path below the version that an `@odata.nextLink` leads to. Its host is never gone to: a national cloud, a proxy or the
 * sandbox stands where the base URL says, and a link that names another host must not take the token there.
 */
export function nextPage(call: WireCall, nextLink: string): string {
  const url = URL.canParse(nextLink, 'https://graph.invalid') ? new URL(nextLink, 'https://graph.invalid') : undefined;
  const path = url?.pathname.replace(/^\/(v1\.0|beta)(?=\/)/, '');
  if (!url || !path || path === '/')
    throw new Failure(`Microsoft Graph pointed to a next page of ${call.path.split('?', 1)[0]} that is no address`, {
      kind: 'broken',
      code: 'graph.bad-next-page',
    });
  return `${path}${url.search}`;
}
