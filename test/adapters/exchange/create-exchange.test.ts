import { expect } from 'chai';
import { z } from 'zod';
import { createSystemClock } from '#adapters/clock/system-clock';
import { createExchange } from '#adapters/exchange/create-exchange';
import type { CmdletInfo, ExchangeSettings } from '#adapters/exchange/exchange-settings';
import { createSystemRandom } from '#adapters/random/system-random';
import type { Exchange } from '#engine/ports/exchange';
import { anything, countedTokens, failureFrom } from '../graph/graph-for-test.js';
import { type Listening, listen } from '../graph/listen.js';
import { cmdletErrors } from './cmdlet-errors.js';

const tenantId = '6f0a1c2e-5b7d-4e9a-8c31-0d2f4b6a8e10';
const mailbox = 'a0000000-0000-4000-8000-000000000006';

function exchangeAt(baseUrl: string, more: Partial<ExchangeSettings> = {}): Exchange {
  return createExchange({
    baseUrl,
    tenantId,
    sandbox: true,
    tokens: countedTokens(),
    clock: createSystemClock({ offsetMs: () => 0 }),
    random: createSystemRandom(),
    shortWaitMs: 100,
    ...more,
  });
}

describe('[unit] adapters/exchange', () => {
  let server: Listening;
  afterEach(() => server?.close());

  it('calls a cmdlet as InvokeCommand wants it', async () => {
    server = await listen(() => ({
      body: { value: [{ Name: 'Alex' }], '@adminapi.warnings': ['no settings have been modified'] },
    }));
    const answer = await exchangeAt(server.origin).invoke(
      'Get-Mailbox',
      { Identity: mailbox },
      z.object({ Name: z.string() }),
      {
        anchor: 'alex@northwind.example',
        select: ['Name', 'RecipientTypeDetails'],
      },
    );
    expect(answer).to.deep.equal({ value: [{ Name: 'Alex' }], warnings: ['no settings have been modified'] });
    const [heard] = server.heard;
    expect(heard?.method).to.equal('POST');
    expect(heard?.url).to.equal(`/adminapi/beta/${tenantId}/InvokeCommand?$select=Name,RecipientTypeDetails`);
    expect(heard?.body).to.deep.equal({
      CmdletInput: { CmdletName: 'Get-Mailbox', Parameters: { Identity: mailbox } },
    });
    expect(heard?.headers).to.include({
      'x-anchormailbox': 'UPN:alex@northwind.example',
      authorization: 'Bearer token-0',
      prefer: 'odata.maxpagesize=1000',
    });
  });

  it('anchors by object id, or to the organisation', async () => {
    server = await listen(() => ({ body: { value: [] } }));
    const exchange = exchangeAt(server.origin);
    await exchange.invoke('Get-Mailbox', {}, anything, { anchor: mailbox });
    await exchange.invoke('Get-Recipient', {}, anything);
    expect(server.heard.map((heard) => heard.headers['x-anchormailbox'])).to.deep.equal([
      `OID:${mailbox}@${tenantId}`,
      `APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@${tenantId}`,
    ]);
  });

  it('asks for the next page with the same body, on its own origin', async () => {
    server = await listen((_heard, count) => ({
      body: {
        value: [count],
        ...(count < 3
          ? { '@odata.nextLink': `https://elsewhere.example/adminapi/beta/t/InvokeCommand?page=${count}` }
          : {}),
      },
    }));
    const { value } = await exchangeAt(server.origin).invoke(
      'Get-DistributionGroupMember',
      { Identity: 'g' },
      z.number(),
    );
    expect(value).to.deep.equal([1, 2, 3]);
    expect(server.heard.map((heard) => heard.url).slice(1)).to.deep.equal([
      '/adminapi/beta/t/InvokeCommand?page=1',
      '/adminapi/beta/t/InvokeCommand?page=2',
    ]);
    expect(server.heard[2]?.body).to.deep.equal(server.heard[0]?.body);
  });

  it('does not page in a circle', async () => {
    server = await listen(() => ({ body: { value: [], '@odata.nextLink': 'https://x.example/again' } }));
    const { detail } = await failureFrom(exchangeAt(server.origin).invoke('Get-Mailbox', {}, anything));
    expect(detail).to.include({ kind: 'broken', code: 'exchange.bad-next-page' });
  });

  it('has at most four calls under way', async () => {
    server = await listen(() => ({ body: { value: [] }, afterMs: 15 }));
    const exchange = exchangeAt(server.origin);
    await Promise.all([...Array(12).keys()].map((n) => exchange.invoke('Get-Mailbox', { Identity: `${n}` }, anything)));
    expect(server.most()).to.equal(4);
  });

  it('takes an answer without a body for a success without a result', async () => {
    server = await listen(() => ({ status: 200 }));
    const answer = await exchangeAt(server.origin).invoke(
      'Set-Mailbox',
      { Identity: mailbox, Type: 'Shared' },
      anything,
    );
    expect(answer).to.deep.equal({ value: [], warnings: [] });
  });

  it('tries what reads again, and never what writes', async () => {
    server = await listen((_heard, count) =>
      count === 1 ? { drop: true } : count === 2 ? { status: 503 } : { body: { value: [1] } },
    );
    expect((await exchangeAt(server.origin).invoke('Get-Mailbox', {}, anything)).value).to.deep.equal([1]);
    await server.close();
    server = await listen(() => ({ drop: true }));
    const lost = await failureFrom(exchangeAt(server.origin).invoke('Set-Mailbox', {}, anything));
    expect(lost.detail).to.include({ kind: 'unknown-outcome', code: 'exchange.no-answer' });
    expect(server.heard).to.have.lengthOf(1);
    await server.close();
    server = await listen(() => ({ status: 503 }));
    const outage = await failureFrom(exchangeAt(server.origin).invoke('Add-MailboxPermission', {}, anything));
    expect(outage.detail).to.include({ kind: 'unknown-outcome', code: 'exchange.outage' });
    expect(server.heard).to.have.lengthOf(1);
  });

  it('says that the outcome of a write is unknown when it takes too long', async () => {
    server = await listen(() => ({ body: {}, afterMs: 2000 }));
    const { detail } = await failureFrom(
      exchangeAt(server.origin, { timeoutMs: 60 }).invoke('Set-Mailbox', {}, anything),
    );
    expect(detail).to.include({ kind: 'unknown-outcome', code: 'exchange.timeout' });
  });

  it('waits out a short 429 and throws a long one', async () => {
    server = await listen((_heard, count) =>
      count === 1 ? { status: 429, headers: { 'retry-after': '0.05' } } : { body: {} },
    );
    await exchangeAt(server.origin).invoke('Set-Mailbox', {}, anything);
    expect(server.heard).to.have.lengthOf(2);
    await server.close();
    server = await listen(() => ({ status: 429, headers: { 'retry-after': '20' } }));
    const { detail } = await failureFrom(exchangeAt(server.origin).invoke('Get-Mailbox', {}, anything));
    expect(detail).to.include({ kind: 'throttled', retryAfterMs: 20_000 });
    expect(server.heard).to.have.lengthOf(1);
  });

  it('asks for a fresh token after a 401, once: a role given since is in the new one only', async () => {
    server = await listen((heard) =>
      heard.headers.authorization === 'Bearer token-0' ? { status: 401 } : { body: {} },
    );
    await exchangeAt(server.origin).invoke('Set-Mailbox', {}, anything);
    expect(server.heard).to.have.lengthOf(2);
  });

  for (const [name, said, kind, code] of cmdletErrors)
    it(`takes ${name} for ${kind}`, async () => {
      server = await listen(() => said);
      const { detail } = await failureFrom(
        exchangeAt(server.origin, { retries: 0 }).invoke('Set-Mailbox', {}, anything),
      );
      expect(detail).to.include({ kind, code });
      expect(detail.missing === undefined).to.equal(kind !== 'not-permitted');
    });

  it('finds the useful sentence: details, then the exception inside, then the error', async () => {
    const error = {
      message: 'Error executing cmdlet',
      innererror: { internalException: { message: 'inner' } },
      details: [{ message: 'detail' }],
    };
    const { details: _, ...without } = error;
    server = await listen((_heard, count) => ({ status: 400, body: { error: count === 1 ? error : without } }));
    const exchange = exchangeAt(server.origin);
    expect((await failureFrom(exchange.invoke('Set-Mailbox', {}, anything))).message).to.equal('Set-Mailbox: detail');
    expect((await failureFrom(exchange.invoke('Set-Mailbox', {}, anything))).message).to.equal('Set-Mailbox: inner');
  });

  it('does not take a result that does not fit for one that may be tried again when it wrote', async () => {
    server = await listen(() => ({ body: { value: [{ id: 1 }] } }));
    const shape = z.object({ Name: z.string() });
    const exchange = exchangeAt(server.origin);
    expect((await failureFrom(exchange.invoke('New-InboxRule', {}, shape))).detail.kind).to.equal('unknown-outcome');
    expect((await failureFrom(exchange.invoke('Get-InboxRule', {}, shape))).detail.kind).to.equal('broken');
  });

  it('reports each request, and refuses plain http anywhere but here', async () => {
    server = await listen(() => ({ body: {}, headers: { 'request-id': 'r-1' } }));
    const seen: CmdletInfo[] = [];
    await exchangeAt(server.origin, { onRequest: (info) => seen.push(info) }).invoke('Get-Mailbox', {}, anything);
    expect(seen).to.have.lengthOf(1);
    expect(seen[0]).to.include({ cmdlet: 'Get-Mailbox', status: 200, requestId: 'r-1' });
    expect(seen[0]?.clientRequestId).to.equal(server.heard[0]?.headers['client-request-id']);
    expect(() => exchangeAt(server.origin, { sandbox: false })).to.throw(/must be https/);
    expect(() => exchangeAt('http://outlook.example')).to.throw(/must be https/);
    expect(() => exchangeAt('https://outlook.office365.us', { sandbox: false })).not.to.throw();
  });
});
