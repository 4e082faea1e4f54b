import type { Middleware } from '@microsoft/microsoft-graph-client';
import { link, optionOf, setHeader } from '#adapters/graph/middleware/link';
import type { Random } from '#engine/ports/random';

/** An id of ours on every try, so that a support call can name the one request that went wrong. */
export function identify(random: Random): Middleware {
  return link(async (context, next) => {
    const option = optionOf(context);
    const id = option.call.clientRequestId ?? random.uuid();
    option.clientRequestId = id;
    setHeader(context, 'client-request-id', id);
    await next(context);
  });
}
