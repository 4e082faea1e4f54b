import { Client, GraphClientError, type GraphRequest, ResponseType } from '@microsoft/microsoft-graph-client';
import type { GraphSettings } from '#adapters/graph/graph-settings';
import { parsedJson } from '#adapters/graph/json-text';
import { authorise } from '#adapters/graph/middleware/authorise';
import { bePatient } from '#adapters/graph/middleware/be-patient';
import { identify } from '#adapters/graph/middleware/identify';
import { observe } from '#adapters/graph/middleware/observe';
import { transport } from '#adapters/graph/middleware/transport';
import type { Patience } from '#adapters/graph/patience';
import { type Answer, CallOption, type WireCall } from '#adapters/graph/wire-call';
import { Failure } from '#domain/failure';

/** Sends one request and gives back whatever the service said, good or bad; throws `Failure` when nothing was heard. */
export type Wire = (call: WireCall) => Promise<Answer>;

const defaultTimeoutMs = 30_000;

export function createWire(settings: GraphSettings, origin: string, patience: Patience): Wire {
  const client = Client.initWithMiddleware({
    baseUrl: `${origin}/`,
    middleware: [
      bePatient(patience, settings.clock),
      authorise(origin, settings.scope ?? `${origin}/.default`, settings.tokens),
      identify(settings.random),
      observe(settings),
      transport(settings.clock, settings.timeoutMs ?? defaultTimeoutMs),
    ],
  });
  return async (call) => {
    const option = new CallOption(call);
    try {
      return await answerOf(await send(client, call, option), option.clientRequestId);
    } catch (error) {
      throw asFailure(error, call);
    }
  };
}

async function send(client: Client, call: WireCall, option: CallOption): Promise<Response> {
  // The client takes an address anywhere in a path for a base URL, so one inside a filter goes as its escape.
  const request: GraphRequest = client
    .api(call.path.replaceAll('https://', 'https%3A//'))
    .version(call.version)
    .headers({ accept: 'application/json', ...call.headers })
    .responseType(ResponseType.RAW)
    .middlewareOptions([option]);
  const sent = {
    GET: () => request.get(),
    POST: () => request.post(call.body),
    PATCH: () => request.patch(call.body),
    PUT: () => request.put(call.body),
    DELETE: () => request.delete(),
  }[call.method]();
  const response: unknown = await sent;
  if (!(response instanceof Response)) throw new Error('the Graph client answered without a response');
  return response;
}

async function answerOf(response: Response, clientRequestId: string | undefined): Promise<Answer> {
  const header = (name: string): string | undefined => response.headers.get(name) ?? undefined;
  const text = await response.text();
  return {
    status: response.status,
    body: parsedJson(text) ?? (text === '' ? undefined : text),
    header,
    requestId: header('request-id'),
    clientRequestId,
  };
}

function asFailure(error: unknown, call: WireCall): Failure {
  const inner: unknown = error instanceof GraphClientError ? error.customError : error;
  if (inner instanceof Failure) return inner;
  // Nothing known throws here. What is not known must not pass for "nothing was sent" when it was a write.
  return new Failure(
    `${call.method} ${call.path.split('?', 1)[0]} failed inside the Graph client`,
    { kind: call.kind === 'write' ? 'unknown-outcome' : 'broken', code: 'graph.client' },
    { cause: error },
  );
}
