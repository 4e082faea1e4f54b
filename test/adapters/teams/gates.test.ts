import { expect } from 'chai';
import type { TeamsOptions } from '#adapters/teams/teams';
import type { Fixture } from './teams-fixture.js';
import { cardReply, click, inChannel, message, startTeams, tenantId } from './teams-fixture.js';
import type { TokenServer } from './token-server.js';
import { startTokenServer } from './token-server.js';

const appId = '22222222-2222-4222-8222-222222222222';
const serviceUrl = 'https://smba.trafficmanager.net/emea/';
const elsewhere = '99999999-9999-4999-8999-999999999999';

describe('[contract] adapters/teams tokens', () => {
  let keys: TokenServer;
  let fixture: Fixture;
  const quiet = console.error;

  before(async () => {
    keys = await startTokenServer();
    // The SDK prints every refused token by itself.
    console.error = () => undefined;
  });
  after(async () => {
    console.error = quiet;
    await keys.close();
  });
  beforeEach(async () => {
    fixture = await startTeams({
      sandbox: false,
      identity: { appId, appTenantId: tenantId, password: 'secret', channelTokens: keys },
    });
    fixture.reply(cardReply('in'));
  });
  afterEach(() => fixture.close());

  const now = () => Math.floor(Date.now() / 1000);
  const claims = (change: object = {}) => ({
    iss: keys.issuer,
    aud: appId,
    serviceurl: serviceUrl,
    nbf: now() - 10,
    exp: now() + 300,
    ...change,
  });
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  it('lets a channel token in', async () => {
    const posted = await fixture.post(click(serviceUrl, 'show-case'), bearer(keys.token(claims())));
    expect(posted.status).to.equal(200);
    expect(fixture.routed).to.have.length(1);
  });

  const refused: readonly (readonly [string, () => Record<string, string>])[] = [
    ['no token', () => ({})],
    ['a token for another bot', () => bearer(keys.token(claims({ aud: elsewhere })))],
    ['another issuer', () => bearer(keys.token(claims({ iss: 'https://evil.example' })))],
    ["another's serviceUrl", () => bearer(keys.token(claims({ serviceurl: 'https://evil.example/' })))],
    ['an expired token', () => bearer(keys.token(claims({ nbf: now() - 7200, exp: now() - 3600 })))],
    ["a stranger's signature", () => bearer(keys.token(claims(), { stranger: true }))],
    ['no signature', () => bearer(keys.token(claims(), { alg: 'none' }))],
    ['garbage', () => bearer('abc')],
    ['a password', () => ({ authorization: 'Basic abc' })],
    [
      "a token from the bot's own credentials",
      () =>
        bearer(
          keys.token(
            claims({ iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/', ver: '1.0', appid: appId }),
          ),
        ),
    ],
  ];
  for (const [what, headers] of refused) {
    it(`refuses ${what} with 401 and does nothing`, async () => {
      const posted = await fixture.post(click(serviceUrl, 'show-case'), headers());
      expect(posted.status).to.equal(401);
      expect(fixture.routed).to.deep.equal([]);
      expect(await fixture.store.list(tenantId, 'address')).to.deep.equal([]);
    });
  }

  it('asks to try again, and refuses nobody, while the keys cannot be fetched', async () => {
    const lost = await startTeams({
      sandbox: false,
      identity: {
        appId,
        appTenantId: tenantId,
        password: 'secret',
        channelTokens: { issuer: keys.issuer, openIdMetadataUrl: 'http://127.0.0.1:4449/openid' },
      },
    });
    const posted = await lost.post(click(serviceUrl, 'show-case'), bearer(keys.token(claims())));
    expect(posted.status).to.equal(503);
    expect(lost.routed).to.deep.equal([]);
    await lost.close();
  });

  it('keeps a valid token from naming another host, tenant or channel', async () => {
    const evil = 'https://evil.trafficmanager.net/';
    const signed = bearer(keys.token(claims({ serviceurl: evil })));
    expect((await fixture.post(message(evil, 'cases'), signed)).status).to.equal(403);
    const good = bearer(keys.token(claims()));
    expect((await fixture.post(message(serviceUrl, 'cases', { channelId: 'msteams:x' }), good)).status).to.be.oneOf([
      401, 403,
    ]);
    const other = { channelData: { tenant: { id: elsewhere } } };
    expect((await fixture.post(message(serviceUrl, 'cases', other), good)).status).to.equal(403);
    expect(fixture.routed).to.deep.equal([]);
  });
});

describe('[contract] adapters/teams gates', () => {
  let fixture: Fixture;

  beforeEach(async () => {
    fixture = await startTeams();
    fixture.reply(cardReply('in'));
  });
  afterEach(() => fixture.close());

  const url = () => fixture.connector.url;
  const other = { tenant: { id: elsewhere } };

  const refused: readonly (readonly [string, object])[] = [
    ['another channel', { channelId: 'directline' }],
    ['another tenant', { channelData: other, conversation: { id: 'a:x', conversationType: 'personal' } }],
    ['two tenants at once', { channelData: other }],
    ['no tenant', { channelData: {}, conversation: { id: 'a:x', conversationType: 'personal' } }],
    ['a sender without an Entra id', { from: { id: '29:x', name: 'Dana Reyes' } }],
    ['a sender whose Entra id is none', { from: { id: '29:x', aadObjectId: 'dana' } }],
    ['a serviceUrl that is not on this machine', { serviceUrl: 'http://169.254.169.254/' }],
    ['a serviceUrl that only looks like this machine', { serviceUrl: 'http://127.0.0.1.evil.example/' }],
  ];
  for (const [what, change] of refused) {
    it(`refuses ${what}: a message with 403, a click with a red line`, async () => {
      expect((await fixture.post(message(url(), 'cases', change))).status).to.equal(403);
      const clicked = await fixture.post(click(url(), 'approve', {}, change));
      expect(clicked.status).to.equal(200);
      expect(clicked.body).to.deep.include({ statusCode: 403, type: 'application/vnd.microsoft.error' });
      expect(fixture.routed).to.deep.equal([]);
      expect(fixture.connector.requests()).to.deep.equal([]);
      expect(await fixture.store.list(tenantId, 'address')).to.deep.equal([]);
    });
  }

  it('refuses what is no activity', async () => {
    expect((await fixture.post('text')).status).to.equal(400);
    expect((await fixture.post([])).status).to.equal(400);
    expect((await fixture.post({ type: 'message' })).status).to.equal(400);
    expect((await fixture.post(message(url(), 'x', { serviceUrl: undefined }))).status).to.equal(400);
  });

  it('lets an installation in a team pass without a person', async () => {
    const from = { id: '19:team', name: 'IT' };
    await fixture.post({ ...message(url(), ''), ...inChannel, type: 'installationUpdate', action: 'add', from });
    expect(fixture.routed[0]).to.include({ kind: 'install' }).and.not.have.property('from');
  });
});

describe('[unit] adapters/teams identity', () => {
  const refused: readonly (readonly [string, Partial<TeamsOptions>, RegExp])[] = [
    ['no app id outside the sandbox', { sandbox: false }, /MicrosoftAppId is empty/],
    ['no app id on an address others can reach', { host: '0.0.0.0' }, /MicrosoftAppId is empty/],
    [
      'a mistyped app type',
      { identity: { appId, appType: 'SingelTenant', appTenantId: tenantId, password: 'x' } },
      /SingelTenant/,
    ],
    ['no app tenant', { identity: { appId, password: 'x' } }, /MicrosoftAppTenantId/],
    ['no credential', { identity: { appId, appTenantId: tenantId } }, /MicrosoftAppPassword/],
    [
      'a password with a managed identity',
      { identity: { appId, appType: 'userassignedmsi', appTenantId: tenantId, password: 'x' } },
      /must be empty/,
    ],
  ];
  for (const [what, change, expected] of refused) {
    it(`does not start with ${what}`, async () => {
      const error = await startTeams(change).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).to.be.instanceOf(Error).with.property('message').that.matches(expected);
    });
  }

  it('starts with an app id in any spelling of its type', async () => {
    const fixture = await startTeams({
      sandbox: false,
      host: '0.0.0.0',
      identity: { appId, appType: 'singletenant', appTenantId: tenantId, password: 'x' },
    });
    await fixture.close();
    expect(fixture.logged).to.deep.equal([]);
  });
});
