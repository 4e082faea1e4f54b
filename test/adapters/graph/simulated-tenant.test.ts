import { expect } from 'chai';
import { z } from 'zod';
import { createSystemClock } from '#adapters/clock/system-clock';
import { createExchange } from '#adapters/exchange/create-exchange';
import { createGraph } from '#adapters/graph/create-graph';
import type { RequestInfo } from '#adapters/graph/graph-settings';
import { tokenSource } from '#adapters/identity/token-source';
import { createSystemRandom } from '#adapters/random/system-random';
import type { Exchange } from '#engine/ports/exchange';
import type { Graph } from '#engine/ports/graph';
import type { DialSettings } from '#sandbox/dials';
import { groups, latchkeyAppId, people } from '#sandbox/firm/ids';
import { type Sandbox, startSandbox } from '#sandbox/start-sandbox';
import { anything, failureFrom } from './graph-for-test.js';

const user = z.object({ id: z.string(), accountEnabled: z.boolean() });

describe('[contract] adapters/graph and exchange against the simulated tenant', () => {
  let sandbox: Sandbox;
  let graph: Graph;
  let exchange: Exchange;
  let seen: RequestInfo[];

  async function start(dials: DialSettings): Promise<void> {
    sandbox = await startSandbox({ port: 0, dials: { lagMs: 0, exchangeLagMs: 0, ...dials } });
    const clock = createSystemClock({ offsetMs: () => 0 });
    const random = createSystemRandom();
    const common = { baseUrl: sandbox.origin, sandbox: true, clock, random };
    const tokens = tokenSource({
      tenantId: sandbox.tenantId,
      clientId: latchkeyAppId,
      secret: 'any',
      loginBaseUrl: sandbox.origin,
      sandbox: true,
      clock,
    });
    seen = [];
    graph = createGraph({ ...common, tokens, onRequest: (info) => seen.push(info) });
    exchange = createExchange({ ...common, tokens, tenantId: sandbox.tenantId });
  }

  const dial = (dials: DialSettings): Promise<unknown> =>
    fetch(`${sandbox.origin}/_sandbox/dials`, { method: 'POST', body: JSON.stringify(dials) });

  afterEach(() => sandbox.close());

  it('reads a person with everything at once in one batch, pages included', async () => {
    await start({ pageSize: 4 });
    const at = `/users/${people.alexMorgan}`;
    const [alex, memberships, everybody] = await Promise.all([
      graph.get(`${at}?$select=id,accountEnabled`, user),
      graph.list(`${at}/memberOf?$select=id`, z.object({ id: z.string() })),
      graph.list('/users?$select=id,accountEnabled&$top=9', user),
      graph.get(`${at}/mailboxSettings`, anything),
      graph.list(`${at}/authentication/methods`, anything),
    ]);
    expect(alex).to.deep.equal({ id: people.alexMorgan, accountEnabled: true });
    expect(memberships.length).to.be.greaterThan(5);
    expect(new Set(everybody.map(({ id }) => id)).size)
      .to.equal(everybody.length)
      .and.be.greaterThan(35);
    expect(seen[0]).to.include({ path: '/$batch', batchSize: 5, status: 200 });
  });

  it('writes, reads back, and tells what was so already', async () => {
    await start({});
    const at = `/users/${people.alexMorgan}`;
    await graph.patch(at, { accountEnabled: false });
    expect((await graph.get(`${at}?$select=id,accountEnabled`, user)).accountEnabled).to.equal(false);
    const membership = `/groups/${groups.forecastReadWrite}/members/${people.alexMorgan}/$ref`;
    await graph.delete(membership);
    expect((await failureFrom(graph.delete(membership))).detail.kind).to.equal('already-done');
    expect((await failureFrom(graph.get(`${at}/memberOf/${groups.forecastReadWrite}`, anything))).detail.kind).to.equal(
      'not-found',
    );
  });

  it('says unknown outcome of a write that was applied and not answered', async () => {
    await start({ faults: [{ path: '/v1.0/users/', method: 'PATCH', drop: 'after' }] });
    const at = `/users/${people.alexMorgan}`;
    const { detail } = await failureFrom(graph.patch(at, { accountEnabled: false }));
    expect(detail.kind).to.equal('unknown-outcome');
    expect((await graph.get(`${at}?$select=id,accountEnabled`, user)).accountEnabled).to.equal(false);
  });

  it('comes through throttled items of a batch, and says whose permission is missing', async () => {
    await start({ faults: [{ path: '/v1.0/subscribedSkus', status: 429, retryAfter: 0.05, count: 2 }] });
    const [skus] = await Promise.all([graph.list('/subscribedSkus', anything), graph.get('/organization', anything)]);
    expect(skus.length).to.be.greaterThan(0);
    await dial({ appRoleTooLow: true });
    const { detail } = await failureFrom(graph.patch(`/users/${people.priyaShah}`, { accountEnabled: false }));
    expect(detail).to.include({ kind: 'not-permitted', status: 403 });
    expect(detail.missing).to.match(/User\.EnableDisableAccount\.All.*directory role/);
  });

  it('speaks to Exchange: reads, no-ops, refusals', async () => {
    await start({});
    const mailbox = z.object({ RecipientTypeDetails: z.string() });
    const options = { anchor: people.alexMorgan, select: ['RecipientTypeDetails'] };
    const read = await exchange.invoke('Get-Mailbox', { Identity: people.alexMorgan }, mailbox, options);
    expect(read.value).to.have.lengthOf(1);
    await exchange.invoke('Set-Mailbox', { Identity: people.alexMorgan, Type: 'Shared' }, anything, options);
    const again = await exchange.invoke(
      'Set-Mailbox',
      { Identity: people.alexMorgan, Type: 'Shared' },
      anything,
      options,
    );
    expect(again.warnings.join()).to.match(/no settings/);
    const nobody = await failureFrom(exchange.invoke('Get-Mailbox', { Identity: people.withoutMailbox }, mailbox));
    expect(nobody.detail.kind).to.equal('not-found');
    const unknown = await failureFrom(exchange.invoke('Get-Nonsense', {}, anything));
    expect(unknown.detail.kind).to.equal('not-permitted');
    await dial({ faults: [{ path: '/adminapi/', cmdlet: 'Set-Mailbox', drop: 'after' }] });
    const lost = await failureFrom(
      exchange.invoke('Set-Mailbox', { Identity: people.alexMorgan, Type: 'Regular' }, anything),
    );
    expect(lost.detail.kind).to.equal('unknown-outcome');
  });
});
