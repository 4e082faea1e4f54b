import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import type { Tokens } from '#adapters/graph/graph-settings';
import { carried, link, setHeader, urlOf } from '#adapters/graph/middleware/link';
import { Failure } from '#domain/failure';

/**
 * Gives the token to the configured origin and to nobody else; a request that would go elsewhere is not sent at all. A 401 was
 * not carried out, so one more try with a fresh token is safe for writes too.
 */
export function authorise(origin: string, scope: string, tokens: Tokens): Middleware {
  return link(async (context, next) => {
    if (new URL(urlOf(context)).origin !== origin) {
      throw carried(
        new Failure(`a Graph request would have left for another host than ${origin}; it was not sent`, {
          kind: 'refused',
          code: 'graph.foreign-origin',
        }),
      );
    }
    await addToken(context, scope, tokens);
    await next(context);
    if (context.response?.status !== 401) return;
    tokens.forget(scope);
    await addToken(context, scope, tokens);
    await next(context);
  });
}

async function addToken(context: Context, scope: string, tokens: Tokens): Promise<void> {
  let token: string;
  try {
    token = await tokens.token(scope);
  } catch (error) {
    if (error instanceof Failure) throw carried(error);
    throw carried(
      new Failure(
        'no token for Microsoft Graph could be had; nothing was sent',
        { kind: 'broken', code: 'graph.no-token' },
        { cause: error },
      ),
    );
  }
  setHeader(context, 'authorization', `Bearer ${token}`);
}
