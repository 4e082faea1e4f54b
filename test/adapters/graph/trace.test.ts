import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { RequestInfo } from '#adapters/graph/graph-settings';
import { maskSecrets } from '#adapters/graph/mask-secrets';
import { createTraceFile } from '#adapters/graph/trace-file';
import { anything, failureFrom, graphAt } from './graph-for-test.js';
import { type Listening, listen } from './listen.js';

describe('[unit] adapters/graph trace and metrics', () => {
  let server: Listening;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'graph-trace-'));
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await server?.close();
  });

  it('writes one line a request, secrets masked, batches whole', async () => {
    server = await listen((heard) =>
      heard.url.endsWith('$batch')
        ? {
            body: {
              responses: [
                { id: '1', status: 200, body: { id: 'u' } },
                { id: '2', status: 200, body: { id: 'k', key: '111111-222222' } },
              ],
            },
          }
        : { status: 201, body: { id: 't', temporaryAccessPass: 'S3cret!' } },
    );
    const file = join(folder, 'trace.jsonl');
    const graph = graphAt(server.origin, { trace: createTraceFile(file, (error) => expect.fail(String(error))) });
    await Promise.all([
      graph.get('/users/u', anything),
      graph.get('/informationProtection/bitlocker/recoveryKeys/k?$select=key', anything),
    ]);
    await graph.post('/users/u/authentication/temporaryAccessPassMethods', { isUsableOnce: true }, anything);
    await graph.patch('/users/u', { passwordProfile: { password: 'Hunter2', forceChangePasswordNextSignIn: true } });
    const text = readFileSync(file, 'utf8');
    expect(text).not.to.match(/S3cret|Hunter2|111111|token-/);
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => [line.method, new URL(line.url).pathname, line.status])).to.deep.equal([
      ['POST', '/v1.0/$batch', 200],
      ['POST', '/v1.0/users/u/authentication/temporaryAccessPassMethods', 201],
      ['PATCH', '/v1.0/users/u', 201],
    ]);
    expect(lines[0].body.requests).to.have.lengthOf(2);
    expect(lines[0].response.responses[1].body).to.deep.equal({ id: 'k', key: '***' });
    expect(lines[2].body.passwordProfile).to.deep.equal({ password: '***', forceChangePasswordNextSignIn: true });
  });

  it('reports every try to the observer, also one without an answer', async () => {
    server = await listen((_heard, count) =>
      count === 1 ? { drop: true } : { status: 404, headers: { 'request-id': 'r-2' }, body: {} },
    );
    const seen: RequestInfo[] = [];
    const graph = graphAt(server.origin, { onRequest: (info) => seen.push(info) });
    await failureFrom(graph.get('/users/u?$select=id', anything));
    expect(seen.map(({ method, path, status, requestId }) => ({ method, path, status, requestId }))).to.deep.equal([
      { method: 'GET', path: '/users/u', status: undefined, requestId: undefined },
      { method: 'GET', path: '/users/u', status: 404, requestId: 'r-2' },
    ]);
    expect(seen.map((info) => info.clientRequestId)).to.deep.equal(
      server.heard.map((heard) => heard.headers['client-request-id']),
    );
  });

  it('says how many reads shared a batch', async () => {
    server = await listen(() => ({
      body: { responses: [1, 2, 3].map((n) => ({ id: `${n}`, status: 200, body: {} })) },
    }));
    const seen: RequestInfo[] = [];
    const graph = graphAt(server.origin, { onRequest: (info) => seen.push(info) });
    await Promise.all([1, 2, 3].map((n) => graph.get(`/users/${n}`, anything)));
    expect(seen.map((info) => info.batchSize)).to.deep.equal([3]);
  });

  it('masks by name wherever it stands, and leaves the word key alone elsewhere', () => {
    expect(maskSecrets({ value: [{ Password: 'a', key: 'b', access_token: 'c', n: null }] }, '/users')).to.deep.equal({
      value: [{ Password: '***', key: 'b', access_token: '***', n: null }],
    });
  });

  it('tells a file that cannot be written at once', () => {
    expect(() => createTraceFile(join(folder, 'no', 'such', 'folder'), () => undefined)).to.throw(/ENOENT/);
  });
});
