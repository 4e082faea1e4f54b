import { expect } from 'chai';
import { z } from 'zod';
import { anything, failureFrom, graphAt } from './graph-for-test.js';
import { type Listening, listen } from './listen.js';

describe('[unit] adapters/graph writes', () => {
  let server: Listening;
  afterEach(() => server.close());

  it('sends each by itself, at most eight side by side', async () => {
    server = await listen(() => ({ status: 204, afterMs: 15 }));
    const graph = graphAt(server.origin);
    await Promise.all([...Array(24).keys()].map((n) => graph.delete(`/groups/${n}/members/u/$ref`)));
    expect(server.heard.map((heard) => heard.method)).to.deep.equal(Array(24).fill('DELETE'));
    expect(server.most()).to.equal(8);
  });

  it('sends at most four side by side to Outlook', async () => {
    server = await listen(() => ({ status: 200, body: {}, afterMs: 15 }));
    const graph = graphAt(server.origin);
    await Promise.all([...Array(12).keys()].map((n) => graph.patch(`/users/${n}/mailboxSettings`, { a: n })));
    expect(server.most()).to.equal(4);
  });

  it('goes one request after the other without gathering', async () => {
    server = await listen(() => ({ status: 200, body: {}, afterMs: 5 }));
    const graph = graphAt(server.origin, { gather: false });
    await Promise.all([
      ...[1, 2, 3].map((n) => graph.get(`/users/${n}`, anything)),
      ...[1, 2, 3].map((n) => graph.patch(`/users/${n}`, {})),
    ]);
    expect(server.most()).to.equal(1);
    expect(server.heard).to.have.lengthOf(6);
  });

  it('says that the outcome is unknown when the answer was dropped, and does not send again', async () => {
    server = await listen(() => ({ drop: true }));
    const { detail, cause } = await failureFrom(graphAt(server.origin).patch('/users/u', { accountEnabled: false }));
    expect(detail).to.include({ kind: 'unknown-outcome', code: 'graph.no-answer' });
    expect(detail.clientRequestId).to.equal(server.heard[0]?.headers['client-request-id']);
    expect(cause).to.be.instanceOf(Error);
    expect(server.heard).to.have.lengthOf(1);
  });

  it('says that the outcome is unknown when no answer came in time', async () => {
    server = await listen(() => ({ status: 204, afterMs: 2000 }));
    const { detail } = await failureFrom(graphAt(server.origin, { timeoutMs: 60 }).delete('/users/u'));
    expect(detail).to.include({ kind: 'unknown-outcome', code: 'graph.timeout' });
    expect(server.heard).to.have.lengthOf(1);
  });

  it('knows that nothing was sent where nothing listens', async () => {
    server = await listen(() => ({}));
    await server.close();
    const { detail } = await failureFrom(graphAt(server.origin).delete('/users/u'));
    expect(detail).to.include({ kind: 'broken', code: 'graph.unreachable' });
  });

  it('does not send a write again after a 503', async () => {
    server = await listen(() => ({ status: 503, headers: { 'retry-after': '0' } }));
    const { detail } = await failureFrom(graphAt(server.origin).post('/users', {}, anything));
    expect(detail.kind).to.equal('unknown-outcome');
    expect(server.heard).to.have.lengthOf(1);
  });

  it('waits out a short 429, each try with an id of its own', async () => {
    server = await listen((_heard, count) =>
      count < 3 ? { status: 429, headers: { 'retry-after': '0.05' } } : { status: 204 },
    );
    await graphAt(server.origin).patch('/users/u', {});
    expect(new Set(server.heard.map((heard) => heard.headers['client-request-id'])).size).to.equal(3);
  });

  it('throws a long 429 at once for the engine to park', async () => {
    server = await listen(() => ({ status: 429, headers: { 'retry-after': '17' } }));
    const { detail } = await failureFrom(graphAt(server.origin).patch('/users/u', {}));
    expect(detail).to.include({ kind: 'throttled', retryAfterMs: 17_000 });
    expect(server.heard).to.have.lengthOf(1);
  });

  it('gives up a 429 that does not end', async () => {
    server = await listen(() => ({ status: 429, headers: { 'retry-after': '0.01' } }));
    const { detail } = await failureFrom(graphAt(server.origin, { retries: 2 }).patch('/users/u', {}));
    expect(detail).to.include({ kind: 'throttled', retryAfterMs: 10 });
    expect(server.heard).to.have.lengthOf(3);
  });

  it('parses an answer, and does not take one that does not fit for a failure that may be tried again', async () => {
    server = await listen(() => ({ status: 201, body: { id: 7 } }));
    const graph = graphAt(server.origin);
    expect(await graph.post('/groups', {}, z.object({ id: z.number() }))).to.deep.equal({ id: 7 });
    const { detail, cause } = await failureFrom(graph.post('/groups', {}, z.object({ id: z.string() })));
    expect(detail).to.include({ kind: 'unknown-outcome', code: 'graph.unexpected-answer' });
    expect(cause).to.be.instanceOf(z.ZodError);
    const read = await failureFrom(graph.get('/groups/g', z.object({ id: z.string() })));
    expect(read.detail).to.include({ kind: 'broken', code: 'graph.unexpected-answer' });
  });

  it('takes an answer without a body, and a question asked with POST for a read', async () => {
    server = await listen((heard, count) =>
      heard.url.endsWith('/checkMemberGroups') && count === 1 ? { drop: true } : { status: 204 },
    );
    const graph = graphAt(server.origin);
    expect(await graph.post('/users/u/checkMemberGroups', { groupIds: [] }, anything)).to.equal(undefined);
    expect(server.heard).to.have.lengthOf(2);
  });
});
