import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';

/** What the bot sends, as far as tests look at it. */
const sentActivity = z
  .object({
    type: z.string().optional(),
    text: z.string().optional(),
    summary: z.string().optional(),
    attachments: z
      .array(z.object({ contentType: z.string(), content: z.record(z.unknown()) }).passthrough())
      .optional(),
  })
  .passthrough();

export type SentActivity = z.infer<typeof sentActivity>;

export interface RecordedActivity {
  readonly method: 'POST' | 'PUT';
  readonly conversationId: string;
  readonly activityId: string;
  readonly activity: SentActivity;
}

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** What the next requests get instead of success. */
export interface Fault {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly times?: number;
  /** Never answer. */
  readonly hang?: boolean;
}

export interface RecordingConnector {
  /** The serviceUrl to put into activities. */
  readonly url: string;
  /** Posts and edits that were taken, in order. */
  activities(): readonly RecordedActivity[];
  /** The cards a conversation shows now, edits applied, oldest first. */
  cardsFor(conversationId: string): readonly Readonly<Record<string, unknown>>[];
  /** Everything that arrived, taken or not. */
  requests(): readonly RecordedRequest[];
  fail(fault: Fault): void;
  /** Answers 403 to whatever goes to these conversations, as Teams does where the bot is blocked; replaces the last list. */
  block(conversationIds: readonly string[]): void;
  /** Waits until `found` gives something; throws after `ms`. */
  until<T>(found: () => T | undefined, ms?: number): Promise<T>;
  close(): Promise<void>;
}

/** The connector side of Teams on a local port: remembers what the bot sends. */
export async function startRecordingConnector(port = 0): Promise<RecordingConnector> {
  const requests: RecordedRequest[] = [];
  const activities: RecordedActivity[] = [];
  const faults: { fault: Fault; left: number }[] = [];
  let blocked: readonly string[] = [];
  let ids = 0;

  function take(request: RecordedRequest): { status: number; body: unknown } {
    if (request.method === 'POST' && request.path === '/v3/conversations') {
      const members = z.object({ members: z.array(z.object({ id: z.string() })).min(1) }).parse(request.body).members;
      return { status: 201, body: { id: `a:${members[0]?.id}` } };
    }
    const match = /^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/.exec(request.path);
    if (!match?.[1]) return { status: 404, body: { error: { code: 'NotFound', message: request.path } } };
    const conversationId = decodeURIComponent(match[1]);
    if (blocked.includes(conversationId))
      return { status: 403, body: { error: { code: 'MessageWritesBlocked', message: 'the bot is blocked' } } };
    const activity = sentActivity.parse(request.body);
    if (request.method === 'POST') {
      ids += 1;
      activities.push({ method: 'POST', conversationId, activityId: `m${ids}`, activity });
      return { status: 201, body: { id: `m${ids}` } };
    }
    const activityId = decodeURIComponent(match[2] ?? '');
    activities.push({ method: 'PUT', conversationId, activityId, activity });
    return { status: 200, body: { id: activityId } };
  }

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(Buffer.from(chunk));
    const text = Buffer.concat(chunks).toString('utf8');
    const request = {
      method: message.method ?? '',
      path: message.url ?? '',
      body: text === '' ? undefined : JSON.parse(text),
    };
    requests.push(request);
    const next = faults[0];
    if (next) {
      next.left -= 1;
      if (next.left <= 0) faults.shift();
      if (next.fault.hang) return;
      answer(response, next.fault.status, next.fault.body ?? {}, next.fault.headers);
      return;
    }
    const { status, body } = take(request);
    answer(response, status, body);
  }

  const server = createServer((message, response) => {
    handle(message, response).catch((error: unknown) => answer(response, 500, { error: { message: String(error) } }));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    activities: () => activities,
    requests: () => requests,
    cardsFor: (conversationId) => cardsNow(activities, conversationId),
    fail: (fault) => faults.push({ fault, left: fault.times ?? 1 }),
    block: (conversationIds) => {
      blocked = conversationIds;
    },
    async until(found, ms = 3000) {
      for (const end = Date.now() + ms; Date.now() < end; await wait(10)) {
        const value = found();
        if (value !== undefined) return value;
      }
      throw new Error(`not seen within ${ms} ms; arrived: ${JSON.stringify(requests).slice(0, 2000)}`);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** A thread's root is posted to the channel and edited in its thread, so edits are found by the message's id. */
function cardsNow(
  activities: readonly RecordedActivity[],
  conversationId: string,
): Readonly<Record<string, unknown>>[] {
  return activities
    .filter((entry) => entry.method === 'POST' && entry.conversationId === conversationId)
    .flatMap((posted) => {
      const latest = activities.filter((entry) => entry.activityId === posted.activityId).at(-1) ?? posted;
      return (latest.activity.attachments ?? []).map((attachment) => attachment.content);
    });
}
