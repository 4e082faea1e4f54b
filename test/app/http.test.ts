import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { Registry } from 'prom-client';
import type { HttpOptions, RunningHttp } from '#app/http';
import { startHttp } from '#app/http';

describe('[contract] app/http', () => {
  let http: RunningHttp;
  let bodies: unknown[];
  let logged: string[];

  async function start(change: Partial<HttpOptions> = {}): Promise<void> {
    http = await startHttp({
      host: '127.0.0.1',
      port: 0,
      messages: async (request, response) => {
        bodies.push(request.body);
        response.send(200, { taken: true });
      },
      checks: { store: async () => undefined },
      metrics: new Registry(),
      log: { error: (_fields, message) => logged.push(message) },
      ...change,
    });
  }

  beforeEach(() => {
    bodies = [];
    logged = [];
  });
  afterEach(() => http.close(100));

  const post = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
    fetch(`${http.url}/api/messages`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });

  it('hands a JSON body on', async () => {
    await start();
    const answer = await post('{"type":"message"}');
    expect([answer.status, await answer.json()]).to.deep.equal([200, { taken: true }]);
    expect(bodies).to.deep.equal([{ type: 'message' }]);
  });

  it('refuses what is too big, not JSON or packed before anybody reads it', async () => {
    await start();
    expect((await post(JSON.stringify({ text: 'x'.repeat(300 * 1024) }))).status).to.equal(413);
    expect((await post('{"type":')).status).to.equal(400);
    expect((await post(gzipSync('{}'), { 'content-encoding': 'gzip' })).status).to.equal(415);
    expect((await post('not gzip', { 'content-encoding': 'gzip' })).status).to.equal(415);
    expect(bodies).to.deep.equal([]);
    expect((await fetch(`${http.url}/healthz`)).status).to.equal(200);
  });

  it('answers 404 as JSON', async () => {
    await start();
    const answer = await fetch(`${http.url}/api/nothing`);
    expect(answer.status).to.equal(404);
    expect(answer.headers.get('content-type')).to.match(/json/);
    expect(await answer.json()).to.have.property('code', 'ResourceNotFound');
  });

  it('answers 500 without the reason when a handler breaks, and goes on', async () => {
    await start({
      messages: async () => {
        throw new Error('secret');
      },
    });
    const answer = await post('{}');
    expect(answer.status).to.equal(500);
    expect(await answer.text()).to.not.match(/secret/);
    expect(logged).to.have.length(1);
    expect((await fetch(`${http.url}/healthz`)).status).to.equal(200);
  });

  it('is ready when every check passes, and names what does not', async () => {
    await start({
      checks: {
        store: async () => undefined,
        credentials: async () => {
          throw new Error('AZURE_CLIENT_SECRET has expired');
        },
      },
    });
    const answer = await fetch(`${http.url}/readyz`);
    expect(answer.status).to.equal(503);
    expect(await answer.json()).to.deep.equal({
      status: 'not ready',
      checks: { store: 'ok', credentials: 'AZURE_CLIENT_SECRET has expired' },
    });
  });

  it('is ready', async () => {
    await start();
    const answer = await fetch(`${http.url}/readyz`);
    expect([answer.status, await answer.json()]).to.deep.equal([200, { status: 'ready', checks: { store: 'ok' } }]);
  });

  it('shows the metrics as Prometheus reads them', async () => {
    const registry = new Registry();
    registry.setDefaultLabels({ app: 'latchkey' });
    await start({ metrics: registry });
    const answer = await fetch(`${http.url}/metrics`);
    expect(answer.status).to.equal(200);
    expect(answer.headers.get('content-type')).to.equal(registry.contentType);
  });

  it('says which port is taken', async () => {
    await start();
    const error = await startHttp({
      host: '127.0.0.1',
      port: http.port,
      messages: async () => undefined,
      checks: {},
      metrics: new Registry(),
      log: { error: () => undefined },
    }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(Error).with.property('message').that.includes(`Port ${http.port} is taken`);
  });

  it('lets a running request end before it closes, and cuts off whoever holds on', async () => {
    let release: () => void = () => undefined;
    await start({
      messages: async (_request, response) => {
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        response.send(200, { taken: true });
      },
    });
    const holder = connect(http.port, '127.0.0.1');
    await once(holder, 'connect');
    holder.on('error', () => undefined);
    const asked = post('{}');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closed = http.close(300);
    release();
    expect((await asked).status).to.equal(200);
    await closed;
    const refused = await fetch(`${http.url}/healthz`).then(
      () => false,
      () => true,
    );
    expect(refused).to.equal(true);
    await start();
  });
});
