import type { LimitFunction } from 'p-limit';
import { z } from 'zod';
import { failureOf } from '#adapters/graph/classify';
import type { Patience } from '#adapters/graph/patience';
import type { Wire } from '#adapters/graph/wire';
import type { Answer, WireCall } from '#adapters/graph/wire-call';
import { Failure } from '#domain/failure';
import type { Clock } from '#engine/ports/clock';
import type { Random } from '#engine/ports/random';

/** Graph takes no more in one `$batch`. */
const mostPerBatch = 20;

const batchAnswerShape = z.object({
  responses: z.array(
    z.object({
      id: z.string(),
      status: z.number().int(),
      headers: z.record(z.unknown()).optional(),
      body: z.unknown(),
    }),
  ),
});

export interface GatherSettings {
  readonly wire: Wire;
  readonly limit: LimitFunction;
  readonly patience: Patience;
  readonly clock: Clock;
  readonly random: Random;
}

interface Waiting {
  readonly call: WireCall;
  readonly clientRequestId: string;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Reads that are issued in the same turn of the event loop, and in no other, share a `$batch`. So two reads of one proof, which
 * the engine keeps a gap apart, never travel together; and identical reads are never merged, each gets an answer of its own.
 * Items are throttled and fail each by itself: only those that may be tried again go into the next batch.
 */
export function createGatheredReads(settings: GatherSettings): (call: WireCall) => Promise<Answer> {
  let queue: Waiting[] = [];

  function flush(): void {
    const turn = queue;
    queue = [];
    for (const version of ['v1.0', 'beta'] as const) {
      const same = turn.filter((waiting) => waiting.call.version === version);
      for (let from = 0; from < same.length; from += mostPerBatch) {
        const batch = same.slice(from, from + mostPerBatch);
        void settings.limit(() => answerAll(settings, version, batch));
      }
    }
  }

  return (call) =>
    new Promise<Answer>((resolve, reject) => {
      if (queue.length === 0) setImmediate(flush);
      queue.push({ call, clientRequestId: settings.random.uuid(), resolve, reject });
    });
}

/** Settles every read of the batch, one way or the other; never throws. */
async function answerAll(
  settings: GatherSettings,
  version: WireCall['version'],
  batch: readonly Waiting[],
): Promise<void> {
  try {
    const [only] = batch;
    if (only && batch.length === 1) only.resolve(await settings.wire(only.call));
    else await answerBatch(settings, version, batch);
  } catch (error) {
    for (const waiting of batch) waiting.reject(error);
  }
}

async function answerBatch(
  settings: GatherSettings,
  version: WireCall['version'],
  batch: readonly Waiting[],
): Promise<void> {
  let pending = batch;
  for (let attempt = 0; pending.length > 0; attempt += 1) {
    const outer = await settings.wire(batchCall(version, pending));
    if (outer.status !== 200) {
      for (const { call, reject } of pending) reject(failureOf(call, outer, settings.clock.machineNow()));
      return;
    }
    const answers = itemAnswers(pending, outer);
    const again = pending.filter((waiting) => !settleOrKeep(settings, waiting, answers.get(waiting), attempt));
    const waits = again.map((waiting) => waitOf(settings, answers.get(waiting), attempt) ?? 0);
    pending = again;
    if (again.length > 0) await settings.clock.wait(Math.max(...waits));
  }
}

function settleOrKeep(
  settings: GatherSettings,
  waiting: Waiting,
  answer: Answer | undefined,
  attempt: number,
): boolean {
  if (waitOf(settings, answer, attempt) !== undefined) return false;
  if (answer) waiting.resolve(answer);
  else {
    waiting.reject(
      new Failure(`Microsoft Graph left GET ${waiting.call.path.split('?', 1)[0]} out of its answer to a batch`, {
        kind: 'broken',
        code: 'graph.unanswered-item',
        clientRequestId: waiting.clientRequestId,
      }),
    );
  }
  return true;
}

/** An item may be missing from the answer; that is as good as no answer. */
function waitOf({ patience }: GatherSettings, answer: Answer | undefined, attempt: number): number | undefined {
  return answer
    ? patience.afterStatus('read', attempt, answer.status, answer.header)
    : patience.afterNoAnswer('read', attempt);
}

function batchCall(version: WireCall['version'], pending: readonly Waiting[]): WireCall {
  return {
    method: 'POST',
    version,
    path: '/$batch',
    kind: 'read',
    batchSize: pending.length,
    body: {
      requests: pending.map((waiting, index) => ({
        id: String(index + 1),
        method: 'GET',
        url: waiting.call.path,
        headers: { ...waiting.call.headers, 'client-request-id': waiting.clientRequestId },
      })),
    },
  };
}

function itemAnswers(pending: readonly Waiting[], outer: Answer): Map<Waiting, Answer> {
  const parsed = batchAnswerShape.safeParse(outer.body);
  if (!parsed.success)
    throw new Failure(
      'Microsoft Graph answered a batch with something that is no batch answer',
      { kind: 'broken', code: 'graph.unexpected-answer', status: outer.status },
      { cause: parsed.error },
    );
  // Graph answers the items in any order; the id is the only tie.
  const byId = new Map(parsed.data.responses.map((response) => [response.id, response]));
  const answers = new Map<Waiting, Answer>();
  for (const [index, waiting] of pending.entries()) {
    const item = byId.get(String(index + 1));
    if (!item) continue;
    const headers = lowerCased(item.headers ?? {});
    answers.set(waiting, {
      status: item.status,
      body: item.body,
      header: (name) => headers.get(name.toLowerCase()),
      requestId: headers.get('request-id') ?? outer.requestId,
      clientRequestId: waiting.clientRequestId,
    });
  }
  return answers;
}

function lowerCased(headers: Readonly<Record<string, unknown>>): Map<string, string> {
  return new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}
