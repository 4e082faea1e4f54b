import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Heard {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

export interface Said {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Closes the connection without an answer. */
  readonly drop?: boolean;
  readonly afterMs?: number;
}

export interface Listening {
  readonly origin: string;
  readonly heard: Heard[];
  /** The most requests that were under way at one time. */
  most(): number;
  close(): Promise<void>;
}

/** A small server that answers each request with what `answer` makes of it. */
export async function listen(answer: (heard: Heard, count: number) => Said): Promise<Listening> {
  const heard: Heard[] = [];
  let underWay = 0;
  let most = 0;
  const server = createServer((request, response) => {
    underWay += 1;
    most = Math.max(most, underWay);
    response.on('close', () => {
      underWay -= 1;
    });
    void bodyOf(request).then((body) => {
      const one: Heard = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      heard.push(one);
      const said = answer(one, heard.length);
      setTimeout(() => say(response, said), said.afterMs ?? 0);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    heard,
    most: () => most,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function say(response: ServerResponse, said: Said): void {
  if (said.drop) {
    response.destroy();
    return;
  }
  const status = said.status ?? 200;
  response.writeHead(status, { 'content-type': 'application/json', ...said.headers });
  response.end(said.body === undefined || status === 204 ? undefined : JSON.stringify(said.body));
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text.startsWith('{') ? JSON.parse(text) : text;
}
