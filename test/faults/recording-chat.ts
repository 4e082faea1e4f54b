import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const message = z.object({ card: z.object({ fallbackText: z.string() }) });

/** Messages as people see them now, edits applied. */
export interface ShownMessage {
  readonly conversationId: string;
  readonly id: string;
  /** What a client that shows no cards would show; tells one kind of card from another. */
  readonly fallbackText: string;
}

export interface RecordingChat {
  readonly origin: string;
  messages(): readonly ShownMessage[];
  close(): Promise<void>;
}

/** The other end of `chatOverHttp`: lives on when the worker is killed, as Teams would. */
export async function startRecordingChat(): Promise<RecordingChat> {
  const messages = new Map<string, ShownMessage>();
  const server = createServer(async (request, response) => {
    const [, , conversationId = '', known] = (request.url ?? '').split('/');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const id = known ?? `m${messages.size + 1}`;
    const status = known === undefined || messages.has(known) ? 200 : 404;
    const { card } = message.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    if (status === 200) messages.set(id, { conversationId, id, fallbackText: card.fallbackText });
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ id }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    messages: () => [...messages.values()],
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
