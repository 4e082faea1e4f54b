import { expect } from 'chai';
import { z } from 'zod';
import { anything, countedTokens, failureFrom, graphAt } from './graph-for-test.js';
import { type Listening, listen } from './listen.js';

const idShape = z.object({ id: z.string() });

describe('[unit] adapters/graph reads and pages', () => {
  let server: Listening;
  afterEach(() => server.close());

  it('follows pages by path and query on its own origin, whatever host the link names', async () => {
    server = await listen((heard) =>
      heard.url.includes('skiptoken')
        ? { body: { value: [{ id: 'b' }] } }
        : {
            body: {
              value: [{ id: 'a' }],
              '@odata.nextLink': `https://graph.elsewhere.example/v1.0/users?$top=1&$skiptoken=x%20y`,
            },
          },
    );
    const graph = graphAt(server.origin);
    expect(await graph.list('/users?$top=1', idShape, { eventual: true })).to.deep.equal([{ id: 'a' }, { id: 'b' }]);
    expect(server.heard.map((heard) => heard.url)).to.deep.equal([
      '/v1.0/users?$top=1',
      '/v1.0/users?$top=1&$skiptoken=x%20y',
    ]);
    expect(server.heard.map((heard) => heard.headers['consistencylevel'])).to.deep.equal(['eventual', 'eventual']);
  });

  it('does not page in a circle', async () => {
    server = await listen(() => ({ body: { value: [], '@odata.nextLink': 'https://graph.microsoft.com/v1.0/users' } }));
    const { detail } = await failureFrom(graphAt(server.origin).list('/users', idShape));
    expect(detail).to.include({ kind: 'broken', code: 'graph.endless-pages' });
  });

  it('refuses a page with an item that does not fit', async () => {
    server = await listen(() => ({ body: { value: [{ id: 'a' }, { name: 'b' }] } }));
    const { detail } = await failureFrom(graphAt(server.origin).list('/users', idShape));
    expect(detail).to.include({ kind: 'broken', code: 'graph.unexpected-answer' });
  });

  it('keeps a filter as it was written, an address in it included', async () => {
    server = await listen(() => ({ body: { value: [] } }));
    const filter = `$filter=${encodeURIComponent("displayName eq 'O''Neil & Sons'")}`;
    await graphAt(server.origin).list(`/users?${filter}&$count=true`, anything);
    await graphAt(server.origin).list(`/groups?$filter=url eq 'https://a.example/b'`, anything);
    const sent = server.heard.map((heard) => new URL(heard.url, server.origin));
    expect(sent.map((url) => url.pathname)).to.deep.equal(['/v1.0/users', '/v1.0/groups']);
    expect(sent.map((url) => url.searchParams.get('$filter'))).to.deep.equal([
      "displayName eq 'O''Neil & Sons'",
      "url eq 'https://a.example/b'",
    ]);
  });

  it('tries a read again after a dropped answer and after outages', async () => {
    server = await listen((_heard, count) =>
      count === 1
        ? { drop: true }
        : count === 2
          ? { status: 503 }
          : count === 3
            ? { status: 504 }
            : { body: { id: 'a' } },
    );
    expect(await graphAt(server.origin).get('/users/a', idShape)).to.deep.equal({ id: 'a' });
    expect(server.heard).to.have.lengthOf(4);
  });

  it('says broken when an outage does not end', async () => {
    server = await listen(() => ({ status: 502, body: { error: { code: 'BadGateway', message: 'gone' } } }));
    const { detail } = await failureFrom(graphAt(server.origin, { retries: 1 }).get('/users/a', anything));
    expect(detail).to.include({ kind: 'broken', code: 'graph.outage', status: 502 });
    expect(server.heard).to.have.lengthOf(2);
  });

  it('asks for a fresh token after a 401, once', async () => {
    server = await listen((heard) =>
      heard.headers.authorization === 'Bearer token-0' ? { status: 401 } : { body: { id: 'a' } },
    );
    const tokens = countedTokens();
    expect(await graphAt(server.origin, { tokens }).get('/users/a', idShape)).to.deep.equal({ id: 'a' });
    expect(server.heard.map((heard) => heard.headers.authorization)).to.deep.equal([
      'Bearer token-0',
      'Bearer token-1',
    ]);
    await server.close();
    server = await listen(() => ({ status: 401 }));
    const { detail } = await failureFrom(graphAt(server.origin, { tokens }).patch('/users/a', {}));
    expect(detail).to.include({ kind: 'not-permitted', code: 'graph.unauthenticated' });
    expect(server.heard).to.have.lengthOf(2);
  });

  it('follows no redirect, so the token goes nowhere else', async () => {
    const other = await listen(() => ({ body: {} }));
    server = await listen(() => ({ status: 307, headers: { location: `${other.origin}/v1.0/users/a` } }));
    const { detail } = await failureFrom(graphAt(server.origin).get('/users/a', anything));
    expect(detail).to.include({ kind: 'refused', status: 307 });
    expect(other.heard).to.have.lengthOf(0);
    await other.close();
  });

  it('sends no request for a token that could not be had, and says why', async () => {
    server = await listen(() => ({ body: {} }));
    const token = (): Promise<string> => Promise.reject(new Error('the key is gone'));
    const graph = graphAt(server.origin, { tokens: { token, forget: () => undefined }, retries: 0 });
    const { detail, cause } = await failureFrom(graph.patch('/users/a', {}));
    expect(detail).to.include({ kind: 'broken', code: 'graph.no-token' });
    expect(cause).to.have.property('message', 'the key is gone');
    expect(server.heard).to.have.lengthOf(0);
  });

  it('takes plain http only on this machine and only in sandbox mode', async () => {
    server = await listen(() => ({}));
    const told = (baseUrl: string, sandbox: boolean) => () => graphAt(baseUrl, { sandbox });
    expect(told('http://127.0.0.1:4310', false)).to.throw(/must be https/);
    expect(told('http://graph.example', true)).to.throw(/only on this machine/);
    expect(told('https://graph.microsoft.com/v1.0', false)).to.throw(/without a path or a version/);
    expect(told('graph.microsoft.com', false)).to.throw(/must be an https origin/);
    expect(told('https://graph.microsoft.us', false)).not.to.throw();
  });
});
