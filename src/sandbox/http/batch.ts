import { type Answer, ok, Refusal } from '#sandbox/http/answers';
import { type Call, isObject } from '#sandbox/http/call';
import type { Json, JsonObject } from '#sandbox/tenant/world';

interface BatchItem {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: JsonObject;
  readonly body: Json | undefined;
  readonly dependsOn: readonly string[];
}

/** Answers one inner request; `url` is relative to the version, with a slash in front. */
type RunItem = (item: {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Json | undefined;
}) => Answer;

const maximum = 20;

const refused = (message: string): Refusal => new Refusal(400, 'BadRequest', message);

function itemOf(raw: Json): BatchItem {
  if (!isObject(raw)) throw refused('Invalid batch payload format.');
  const { id, method, url, headers, body, dependsOn } = raw;
  if (typeof id !== 'string' || typeof method !== 'string' || typeof url !== 'string') {
    throw refused('Invalid batch payload format: every request has an id, a method and a url.');
  }
  if (body !== undefined && !isObject(headers)) {
    throw refused(`Write request id : ${id} does not contain Content-Type header or body.`);
  }
  return {
    id,
    method: method.toUpperCase(),
    url: url.startsWith('/') ? url : `/${url}`,
    headers: isObject(headers) ? headers : {},
    body,
    dependsOn: Array.isArray(dependsOn) ? dependsOn.map(String) : [],
  };
}

function itemsOf(call: Call): readonly BatchItem[] {
  const requests = isObject(call.body) ? call.body['requests'] : undefined;
  if (!Array.isArray(requests) || requests.length === 0) throw refused('Invalid batch payload format.');
  if (requests.length > maximum) {
    throw refused(`Number of batch request steps exceeds the maximum value of ${maximum}.`);
  }
  const items = requests.map(itemOf);
  const ids = new Set(items.map((item) => item.id));
  if (ids.size !== items.length) throw refused('Request Id values must be unique within the batch.');
  const stranger = items.flatMap((item) => item.dependsOn).find((id) => !ids.has(id));
  if (stranger !== undefined) throw refused(`dependsOn names the unknown request ${stranger}.`);
  return items;
}

const failedDependency: Answer = {
  status: 424,
  body: { error: { code: 'FailedDependency', message: 'A request that this one depends on failed.' } },
};

function responseOf(id: string, answer: Answer): JsonObject {
  const body = answer.body === undefined ? {} : { body: answer.body };
  const type: JsonObject = answer.body === undefined ? {} : { 'Content-Type': 'application/json' };
  const retryAfter = answer.headers?.['retry-after'];
  const headers: JsonObject = { ...type, ...(retryAfter === undefined ? {} : { 'Retry-After': retryAfter }) };
  return { id, status: answer.status, headers, ...body };
}

/**
 * JSON batching: the whole answers 200 whatever its items do, each item has its own status, a failed dependency is 424, and
 * the order of the answers is no promise: they come last first.
 *
 * https://learn.microsoft.com/graph/json-batching
 */
export function runBatch(call: Call, run: RunItem): Answer {
  const answers = new Map<string, Answer>();
  for (const item of itemsOf(call)) {
    const blocked = item.dependsOn.some((id) => (answers.get(id)?.status ?? 424) >= 400);
    const headers = Object.entries(item.headers).map(([name, value]): [string, string] => [
      name.toLowerCase(),
      String(value),
    ]);
    answers.set(item.id, blocked ? failedDependency : run({ ...item, headers: Object.fromEntries(headers) }));
  }
  return ok({ responses: [...answers].reverse().map(([id, answer]) => responseOf(id, answer)) });
}
