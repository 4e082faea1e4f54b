import { type Context, GraphClientError, type Middleware } from '@microsoft/microsoft-graph-client';
import { callOf, link, type Next } from '#adapters/graph/middleware/link';
import type { Patience } from '#adapters/graph/patience';
import { isFailure } from '#domain/failure';
import type { Clock } from '#engine/ports/clock';

/** Tries again what may be tried again here; every try goes through the rest of the chain and is a request of its own. */
export function bePatient(patience: Patience, clock: Clock): Middleware {
  return link(async (context, next) => {
    const { kind } = callOf(context);
    for (let attempt = 0; ; attempt += 1) {
      const wait = await tryOnce(context, next, {
        afterAnswer: (response) =>
          patience.afterStatus(kind, attempt, response.status, (name) => response.headers.get(name) ?? undefined),
        afterNone: () => patience.afterNoAnswer(kind, attempt),
      });
      if (wait === undefined) return;
      await clock.wait(wait);
    }
  });
}

interface Waits {
  afterAnswer(response: Response): number | undefined;
  afterNone(): number | undefined;
}

/** How long to wait before the next try; undefined: this one stands. */
async function tryOnce(context: Context, next: Next, waits: Waits): Promise<number | undefined> {
  try {
    await next(context);
  } catch (error) {
    const unreached = error instanceof GraphClientError && isFailure(error.customError, 'broken');
    const wait = unreached ? waits.afterNone() : undefined;
    if (wait === undefined) throw error;
    return wait;
  }
  return context.response ? waits.afterAnswer(context.response) : undefined;
}
