import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { callOf, carried, headersOf, link, optionOf, urlOf } from '#adapters/graph/middleware/link';
import { noAnswer } from '#adapters/graph/no-answer';
import type { Clock } from '#engine/ports/clock';

/** A status that may not carry a body; `Response` refuses one. */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

/** The last link: sends once, and reads the whole answer within the time allowed, because a body can be lost on the way too. */
export function transport(clock: Clock, timeoutMs: number): Middleware {
  return link(async (context) => {
    const call = callOf(context);
    const deadline = new AbortController();
    const answered = new AbortController();
    void clock.wait(timeoutMs, answered.signal).then(() => {
      if (!answered.signal.aborted) deadline.abort();
    });
    try {
      context.response = await exchangeOnce(context, deadline.signal);
    } catch (error) {
      throw carried(
        noAnswer(error, {
          kind: call.kind,
          name: `${call.method} ${call.path.split('?', 1)[0]}`,
          timedOut: deadline.signal.aborted,
          clientRequestId: optionOf(context).clientRequestId ?? '',
        }),
      );
    } finally {
      answered.abort();
    }
  });
}

async function exchangeOnce(context: Context, signal: AbortSignal): Promise<Response> {
  const { method, body } = context.options ?? {};
  const response = await fetch(urlOf(context), {
    ...(method === undefined ? {} : { method }),
    ...(body === undefined || body === null ? {} : { body }),
    headers: headersOf(context),
    redirect: 'manual',
    signal,
  });
  const text = await response.text();
  return new Response(bodiless.has(response.status) ? null : text, {
    status: response.status,
    headers: response.headers,
  });
}
