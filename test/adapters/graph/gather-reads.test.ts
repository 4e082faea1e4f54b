import { expect } from 'chai';
import { z } from 'zod';
import { anything, failureFrom, graphAt } from './graph-for-test.js';
import { type Heard, type Listening, listen, type Said } from './listen.js';

interface Item {
  readonly id: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

const batchShape = z.object({
  requests: z.array(z.object({ id: z.string(), url: z.string(), headers: z.record(z.string()) })),
});

function itemsOf(heard: Heard): Item[] {
  return batchShape.parse(heard.body).requests;
}

/** Answers a batch item by item, in the reverse order, as Graph may. */
function batch(heard: Heard, one: (item: Item) => { status: number; headers?: object; body?: unknown }): Said {
  return {
    body: {
      responses: itemsOf(heard)
        .map((item) => ({ id: item.id, ...one(item) }))
        .reverse(),
    },
  };
}

describe('[unit] adapters/graph/gather-reads', () => {
  let server: Listening;
  afterEach(() => server.close());

  it('puts reads of one turn into batches of at most 20 and gives each its own answer', async () => {
    server = await listen((heard) => batch(heard, (item) => ({ status: 200, body: { at: item.url } })));
    const graph = graphAt(server.origin);
    const answers = await Promise.all([...Array(45).keys()].map((n) => graph.get(`/users/${n}`, anything)));
    expect(answers).to.deep.equal([...Array(45).keys()].map((n) => ({ at: `/users/${n}` })));
    expect(server.heard.map((heard) => itemsOf(heard).length).sort()).to.deep.equal([20, 20, 5]);
    expect(server.heard.map((heard) => heard.url)).to.deep.equal(Array(3).fill('/v1.0/$batch'));
  });

  it('merges no identical reads', async () => {
    server = await listen((heard) => batch(heard, () => ({ status: 200, body: {} })));
    const graph = graphAt(server.origin);
    await Promise.all([graph.get('/organization', anything), graph.get('/organization', anything)]);
    expect(server.heard.flatMap(itemsOf).map((item) => item.url)).to.deep.equal(['/organization', '/organization']);
  });

  it('never lets reads of different turns share a batch', async () => {
    server = await listen(() => ({ body: {} }));
    const graph = graphAt(server.origin);
    const first = graph.get('/users/1', anything);
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([first, graph.get('/users/1', anything)]);
    expect(server.heard.map((heard) => heard.url)).to.deep.equal(['/v1.0/users/1', '/v1.0/users/1']);
  });

  it('keeps v1.0 and beta apart, and tells an advanced query by its item', async () => {
    server = await listen((heard) => batch(heard, () => ({ status: 200, body: { value: [] } })));
    const graph = graphAt(server.origin);
    await Promise.all([
      graph.get('/a', anything, { beta: true }),
      graph.get('/b', anything, { beta: true }),
      graph.list('/users?$count=true', anything, { eventual: true }),
      graph.get('/users', anything),
    ]);
    expect(server.heard.map((heard) => heard.url).sort()).to.deep.equal(['/beta/$batch', '/v1.0/$batch']);
    const plain = server.heard.find((heard) => heard.url.startsWith('/v1.0'));
    expect(plain && itemsOf(plain).map((item) => item.headers['ConsistencyLevel'])).to.deep.equal([
      'eventual',
      undefined,
    ]);
  });

  it('sends again only the throttled item, after its own Retry-After', async () => {
    const throttled = new Set(['/users/2']);
    const times: number[] = [];
    server = await listen((heard) => {
      times.push(performance.now());
      return batch(heard, (item) =>
        throttled.delete(item.url)
          ? {
              status: 429,
              headers: { 'Retry-After': '0.1' },
              body: { error: { code: 'TooManyRequests', message: '' } },
            }
          : { status: 200, body: { at: item.url } },
      );
    });
    const graph = graphAt(server.origin);
    const answers = await Promise.all([1, 2, 3].map((n) => graph.get(`/users/${n}`, anything)));
    expect(answers).to.deep.equal([1, 2, 3].map((n) => ({ at: `/users/${n}` })));
    expect(server.heard.map((heard) => itemsOf(heard).map((item) => item.url))).to.deep.equal([
      ['/users/1', '/users/2', '/users/3'],
      ['/users/2'],
    ]);
    expect((times[1] ?? 0) - (times[0] ?? 0)).to.be.at.least(98);
  });

  it('throws a long wait of one item to the caller at once, and leaves the others alone', async () => {
    server = await listen((heard) =>
      batch(heard, (item) =>
        item.url === '/users/2' ? { status: 429, headers: { 'Retry-After': '30' } } : { status: 200, body: 'well' },
      ),
    );
    const graph = graphAt(server.origin);
    const [well, late] = await Promise.all([
      graph.get('/users/1', anything),
      failureFrom(graph.get('/users/2', anything)),
    ]);
    expect(well).to.equal('well');
    expect(late.detail).to.include({ kind: 'throttled', retryAfterMs: 30_000, status: 429 });
    expect(server.heard).to.have.lengthOf(1);
  });

  it('tells items apart when one is refused, and one is left out of the answer', async () => {
    server = await listen((heard) => ({
      body: {
        responses: itemsOf(heard)
          .filter((item) => item.url !== '/users/lost')
          .map((item) => ({
            id: item.id,
            status: 404,
            headers: { 'request-id': 'r-1' },
            body: { error: { code: 'Request_ResourceNotFound', message: 'no' } },
          })),
      },
    }));
    const graph = graphAt(server.origin, { retries: 1 });
    const [gone, lost] = await Promise.all([
      failureFrom(graph.get('/users/gone', anything)),
      failureFrom(graph.get('/users/lost', anything)),
    ]);
    expect(gone.detail).to.include({ kind: 'not-found', requestId: 'r-1' });
    expect(gone.detail.clientRequestId).to.match(/^[0-9a-f-]{36}$/);
    expect(lost.detail).to.include({ kind: 'broken', code: 'graph.unanswered-item' });
    expect(server.heard.map((heard) => itemsOf(heard).length)).to.deep.equal([2, 1]);
  });

  it('judges every read of a batch that was refused as a whole by its own path', async () => {
    server = await listen(() => ({
      status: 403,
      body: { error: { code: 'Authorization_RequestDenied', message: 'no' } },
    }));
    const graph = graphAt(server.origin);
    const [user, sku] = await Promise.all([
      failureFrom(graph.get('/users/1', anything)),
      failureFrom(graph.get('/subscribedSkus', anything)),
    ]);
    expect(user.detail).to.include({ kind: 'not-permitted', missing: 'User.Read.All' });
    expect(sku.detail).to.include({ kind: 'not-permitted', missing: 'LicenseAssignment.Read.All' });
  });

  it('sends a whole batch again when its answer was dropped: it only reads', async () => {
    server = await listen((heard, count) =>
      count === 1 ? { drop: true } : batch(heard, () => ({ status: 200, body: 1 })),
    );
    const graph = graphAt(server.origin);
    expect(await Promise.all([graph.get('/a', anything), graph.get('/b', anything)])).to.deep.equal([1, 1]);
  });
});
