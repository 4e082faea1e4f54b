import { expect } from 'chai';
import { people } from '#sandbox/firm/ids';
import { startSandbox } from '#sandbox/start-sandbox';
import type { Json, JsonObject } from '#sandbox/tenant/world';
import { codeOf, messageOf, openTenant, rowsOf, type Seen, type TenantClient } from './tenant-client.js';

const alex = `/users/${people.alexMorgan}`;

describe('[unit] sandbox/http the wire', () => {
  let tenant: TenantClient;
  before(async () => {
    tenant = await openTenant();
  });
  beforeEach(async () => {
    await tenant.control('POST', '/reset');
  });
  after(() => tenant.close());

  const batch = (requests: Json[]): Promise<Seen> => tenant.graph('POST', '/$batch', { requests });
  const itemsOf = (seen: Seen): readonly JsonObject[] => {
    const responses = seen.body['responses'];
    return Array.isArray(responses) ? responses : [];
  };
  const itemOf = (seen: Seen, id: string): JsonObject | undefined => itemsOf(seen).find((item) => item['id'] === id);
  const isEnabled = async (): Promise<boolean> =>
    JSON.stringify(await tenant.control('GET', `/state/${people.alexMorgan}`)).includes('"accountEnabled":true');
  const outcome = async (asked: Promise<unknown>): Promise<'answered' | 'broken'> => {
    try {
      await asked;
      return 'answered';
    } catch (error) {
      expect(error).to.be.instanceOf(TypeError);
      return 'broken';
    }
  };

  it('answers a batch whose items have their own status, in another order', async () => {
    const seen = await batch([
      { id: '1', method: 'GET', url: `${alex}?$select=id` },
      { id: '2', method: 'GET', url: '/users/nobody' },
      { id: '3', method: 'PATCH', url: alex, headers: { 'Content-Type': 'application/json' }, body: { jobTitle: 'x' } },
    ]);
    expect(seen.status).to.equal(200);
    expect(itemsOf(seen).map((item) => item['id'])).not.to.deep.equal(['1', '2', '3']);
    expect(['1', '2', '3'].map((id) => itemOf(seen, id)?.['status'])).to.deep.equal([200, 404, 204]);
  });

  it('fails what depends on a failure with 424 and leaves it undone', async () => {
    const seen = await batch([
      { id: 'a', method: 'GET', url: '/users/nobody' },
      {
        id: 'b',
        method: 'PATCH',
        url: alex,
        dependsOn: ['a'],
        headers: { 'Content-Type': 'application/json' },
        body: { accountEnabled: false },
      },
    ]);
    expect(itemOf(seen, 'b')?.['status']).to.equal(424);
    expect(await isEnabled()).to.equal(true);
  });

  it('takes twenty requests and no more, and every id once', async () => {
    const many = (count: number): Json[] =>
      Array.from({ length: count }, (_, at) => ({ id: String(at), method: 'GET', url: `${alex}?$select=id` }));
    expect(itemsOf(await batch(many(20)))).to.have.length(20);
    expect((await batch(many(21))).status).to.equal(400);
    expect((await batch([...many(1), ...many(1)])).status).to.equal(400);
  });

  it('throttles with Retry-After, each item of a batch by itself, until the window ends', async () => {
    await tenant.control('POST', '/dials', { throttle: { requests: 1, windowMs: 60_000, retryAfterSeconds: 7 } });
    const seen = await batch([
      { id: '1', method: 'GET', url: alex },
      { id: '2', method: 'GET', url: alex },
    ]);
    expect(itemOf(seen, '1')?.['status']).to.equal(200);
    expect(itemOf(seen, '2')?.['status']).to.equal(429);
    expect(itemOf(seen, '2')?.['headers']).to.include({ 'Retry-After': '7' });
    const single = await tenant.graph('GET', alex);
    expect([single.status, single.headers.get('retry-after')]).to.deep.equal([429, '7']);
    await tenant.control('POST', '/clock', { advance: 61_000 });
    expect((await tenant.graph('GET', alex)).status).to.equal(200);
  });

  it('limits mailbox requests side by side', async () => {
    await tenant.control('POST', '/dials', { latencyMs: 60, outlookConcurrency: 2 });
    const asked = Array.from({ length: 4 }, () => tenant.graph('GET', `${alex}/mailboxSettings`));
    const statuses = (await Promise.all(asked)).map((seen) => seen.status).sort();
    expect(statuses).to.deep.equal([200, 200, 429, 429]);
  });

  it('answers with a dialled fault as often as told, after those let pass', async () => {
    const fault = { path: '/v1.0/users/', method: 'GET', status: 503, retryAfter: 2.5, count: 2, skip: 1 };
    await tenant.control('POST', '/dials', { faults: [fault] });
    const statuses: number[] = [];
    for (let at = 0; at < 4; at += 1) statuses.push((await tenant.graph('GET', alex)).status);
    expect(statuses).to.deep.equal([200, 503, 503, 200]);
    expect((await tenant.control('GET', '/dials'))['faults']).to.deep.equal([]);
  });

  it('drops a connection before anything is applied, or after all of it', async () => {
    const disable = (): Promise<unknown> => tenant.graph('PATCH', alex, { accountEnabled: false });
    await tenant.control('POST', '/dials', { faults: [{ path: '/v1.0/users', method: 'PATCH', drop: 'before' }] });
    expect([await outcome(disable()), await isEnabled()]).to.deep.equal(['broken', true]);
    await tenant.control('POST', '/dials', {
      faults: [{ path: '/^\\/v1.0\\/users/', method: 'PATCH', drop: 'after' }],
    });
    expect([await outcome(disable()), await isEnabled()]).to.deep.equal(['broken', false]);
    const log = JSON.stringify(await tenant.control('GET', '/log'));
    expect(log).to.contain('"dropped":"before"').and.to.contain('"dropped":"after"');
  });

  it('drops the answer of one cmdlet and not of another', async () => {
    await tenant.control('POST', '/dials', {
      faults: [{ path: '/InvokeCommand$/', cmdlet: 'Set-Mailbox', drop: 'after' }],
    });
    const identity = { Identity: people.alexMorgan };
    expect(await outcome(tenant.exchange('Get-Mailbox', identity))).to.equal('answered');
    expect(await outcome(tenant.exchange('Set-Mailbox', { ...identity, Type: 'Shared' }))).to.equal('broken');
    const rows = rowsOf(await tenant.exchange('Get-Mailbox', identity));
    expect(rows[0]?.['RecipientTypeDetails']).to.equal('SharedMailbox');
  });

  it('takes its time both ways', async () => {
    await tenant.control('POST', '/dials', { latencyMs: 80 });
    const start = performance.now();
    await tenant.graph('GET', alex);
    expect(performance.now() - start).to.be.greaterThan(75);
  });

  it('writes errors with the ids of the request, and logs every request', async () => {
    const seen = await tenant.graph('GET', '/users/nobody', undefined, { 'client-request-id': 'c-1' });
    const error = JSON.stringify(seen.body);
    expect(error)
      .to.contain('"client-request-id":"c-1"')
      .and.to.contain(String(seen.headers.get('request-id')));
    const log = JSON.stringify(await tenant.control('GET', '/log'));
    expect(log).to.contain('/v1.0/users/nobody').and.to.contain('"clientRequestId":"c-1"');
    await tenant.control('DELETE', '/log');
    expect(await tenant.control('GET', '/log')).to.deep.equal([]);
  });

  it('refuses a body that is no JSON, dials that there are not, and a clock without a time', async () => {
    const broken = await fetch(`${tenant.sandbox.origin}/v1.0${alex}`, {
      method: 'PATCH',
      headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
      body: '{',
    });
    expect(broken.status).to.equal(400);
    expect(JSON.stringify(await tenant.control('POST', '/dials', { lag: 1 }))).to.contain('BadRequest');
    expect(JSON.stringify(await tenant.control('POST', '/dials', { faults: [{ path: '/x' }] }))).to.contain(
      'a status or a drop',
    );
    const pattern = await tenant.control('POST', '/dials', { faults: [{ path: '/(/', status: 500 }] });
    expect(JSON.stringify(pattern)).to.contain('no regular expression');
    expect(JSON.stringify(await tenant.control('POST', '/clock', { now: 'soon' }))).to.contain('no ISO date-time');
    const wrongTop = await tenant.graph('GET', '/users?$top=0');
    expect([wrongTop.status, codeOf(wrongTop), messageOf(wrongTop)]).to.deep.equal([
      400,
      'Request_BadRequest',
      "Invalid page size specified: '0'. Must be between 1 and 999 inclusive.",
    ]);
  });

  it('gives tokens for a secret or an assertion, and tells where', async () => {
    const origin = tenant.sandbox.origin;
    const ask = async (path: string, form: Record<string, string>): Promise<Response> =>
      fetch(`${origin}${path}`, { method: 'POST', body: new URLSearchParams(form) });
    const form = { grant_type: 'client_credentials', client_id: 'app', scope: 'https://graph.microsoft.com/.default' };
    const path = `/${tenant.sandbox.tenantId}/oauth2/v2.0/token`;
    const given = await ask(path, { ...form, client_assertion: 'jwt' });
    expect(await given.json()).to.include({ token_type: 'Bearer', expires_in: 3599 });
    const bare = await ask(path, form);
    expect(bare.status).to.equal(401);
    expect(await bare.text()).to.contain('AADSTS7000216');
    expect((await ask('/elsewhere.example/oauth2/v2.0/token', { ...form, client_secret: 's' })).status).to.equal(400);
    const metadata = await fetch(`${origin}/organizations/v2.0/.well-known/openid-configuration`);
    expect(await metadata.text()).to.contain('/organizations/oauth2/v2.0/token');
  });

  it('keeps a clock that ticks on from where it was set, and starts where it was seeded', async () => {
    const set = await tenant.control('POST', '/clock', { now: '2026-12-24T17:00:00Z' });
    expect(String(set['now'])).to.match(/^2026-12-24T17:00:0/);
    await tenant.graph('POST', `${alex}/revokeSignInSessions`);
    const state = JSON.stringify(await tenant.control('GET', `/state/${people.alexMorgan}`));
    expect(state).to.contain('"signInSessionsValidFromDateTime":"2026-12-24T17:00:0');
    const seeded = await startSandbox({ port: 0, seedNow: '2026-11-02T08:00:00Z' });
    const clock = await (await fetch(`${seeded.origin}/_sandbox/clock`)).text();
    await seeded.close();
    expect(clock).to.contain('2026-11-02T08:00:0');
  });
});
