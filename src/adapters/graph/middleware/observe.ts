import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import type { GraphSettings } from '#adapters/graph/graph-settings';
import { parsedJson } from '#adapters/graph/json-text';
import { maskSecrets } from '#adapters/graph/mask-secrets';
import { callOf, link, optionOf, urlOf } from '#adapters/graph/middleware/link';

type ObserveSettings = Pick<GraphSettings, 'clock' | 'onRequest' | 'trace' | 'onServerTime'>;

/** Reports each request as it went over the wire, whether or not an answer came. */
export function observe(settings: ObserveSettings): Middleware {
  return link(async (context, next) => {
    const started = settings.clock.monotonic();
    delete context.response;
    try {
      await next(context);
    } finally {
      report(context, settings, settings.clock.monotonic() - started);
      tellTime(context, settings);
      if (settings.trace) await traceOne(context, settings.trace);
    }
  });
}

function report(context: Context, { onRequest }: ObserveSettings, durationMs: number): void {
  const call = callOf(context);
  onRequest?.({
    method: call.method,
    path: call.path.split('?', 1)[0] ?? call.path,
    status: context.response?.status,
    durationMs,
    clientRequestId: optionOf(context).clientRequestId ?? '',
    requestId: context.response?.headers.get('request-id') ?? undefined,
    ...(call.batchSize === undefined ? {} : { batchSize: call.batchSize }),
  });
}

function tellTime({ response }: Context, { onServerTime }: ObserveSettings): void {
  const said = Date.parse(response?.headers.get('date') ?? '');
  if (!Number.isNaN(said)) onServerTime?.(said);
}

async function traceOne(context: Context, trace: NonNullable<GraphSettings['trace']>): Promise<void> {
  const call = callOf(context);
  // An item of a batch's answer does not say which address it is of, so all of them are masked for all the batch asked.
  const asked = call.batchSize === undefined ? call.path : JSON.stringify(call.body);
  const text = context.response ? await context.response.clone().text() : '';
  trace({
    method: call.method,
    url: urlOf(context),
    ...(call.body === undefined ? {} : { body: maskSecrets(call.body, call.path) }),
    ...(context.response ? { status: context.response.status } : {}),
    ...(text === '' ? {} : { response: maskSecrets(parsedJson(text) ?? text, asked) }),
  });
}
