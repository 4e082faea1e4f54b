import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { CredentialSettings } from '#adapters/identity/credential-settings';
import { type TokenSource, tokenSource } from '#adapters/identity/token-source';
import { failureFrom } from '../graph/graph-for-test.js';
import { type Listening, listen, type Said } from '../graph/listen.js';

const tenantId = '6f0a1c2e-5b7d-4e9a-8c31-0d2f4b6a8e10';
const clientId = '1a7c4e8d-0000-4000-8000-00000000a1b2';
const scope = 'https://graph.microsoft.com/.default';

function source(loginBaseUrl: string, more: Partial<CredentialSettings> = { secret: 'a secret' }): TokenSource {
  return tokenSource({
    tenantId,
    clientId,
    loginBaseUrl,
    sandbox: true,
    clock: { machineNow: () => Date.now() },
    ...more,
  });
}

function granted(token: string, seconds = 3600): Said {
  return { body: { token_type: 'Bearer', expires_in: seconds, access_token: token } };
}

describe('[unit] adapters/identity/token-source', () => {
  let server: Listening;
  afterEach(() => server?.close());

  it('gets a token with a secret from an authority over http on this machine', async () => {
    server = await listen(() => granted('one'));
    expect(await source(server.origin).token(scope)).to.equal('one');
    expect(server.heard.map((heard) => [heard.method, heard.url.split('?', 1)[0]])).to.deep.equal([
      ['POST', `/${tenantId}/oauth2/v2.0/token`],
    ]);
    const form = new URLSearchParams(String(server.heard[0]?.body));
    expect(Object.fromEntries(form)).to.include({
      client_id: clientId,
      scope,
      grant_type: 'client_credentials',
      client_secret: 'a secret',
    });
  });

  it('gets one with a certificate, which itself is not sent', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
    try {
      const certificatePath = join(folder, 'both.pem');
      // The library sends the certificate's thumbprint and never looks inside, so any bytes stand for one here.
      const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
        type: 'pkcs8',
        format: 'pem',
      });
      const body = Buffer.from('the certificate of a test').toString('base64');
      writeFileSync(certificatePath, `${key}-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`);
      server = await listen(() => granted('by certificate'));
      expect(await source(server.origin, { certificatePath }).token(scope)).to.equal('by certificate');
      const form = new URLSearchParams(String(server.heard[0]?.body));
      expect(form.get('client_assertion')?.split('.')).to.have.lengthOf(3);
      expect(form.has('client_secret')).to.equal(false);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('keeps a token per scope, asks once for all who ask together, and again after forget', async () => {
    server = await listen((_heard, count) => granted(`token ${count}`));
    const tokens = source(server.origin);
    expect(await Promise.all([tokens.token(scope), tokens.token(scope)])).to.deep.equal(['token 1', 'token 1']);
    expect(await tokens.token('https://outlook.office365.com/.default')).to.equal('token 2');
    expect(await tokens.token(scope)).to.equal('token 1');
    tokens.forget(scope);
    expect(await tokens.token(scope)).to.equal('token 3');
  });

  it('hands out no token in its last minutes', async () => {
    server = await listen((_heard, count) => granted(`token ${count}`));
    let ahead = 0;
    const tokens = source(server.origin, { secret: 's', clock: { machineNow: () => Date.now() + ahead } });
    expect(await tokens.token(scope)).to.equal('token 1');
    ahead = 54 * 60_000;
    expect(await tokens.token(scope)).to.equal('token 1');
    ahead = 56 * 60_000;
    expect(await tokens.token(scope)).to.equal('token 2');
  });

  it('tells a credential that is not taken from an authority that is not there', async () => {
    server = await listen(() => ({
      status: 401,
      body: {
        error: 'invalid_client',
        error_description: 'AADSTS7000215: Invalid client secret provided.\r\nTrace ID: 1',
        error_codes: [7000215],
      },
    }));
    const refused = await failureFrom(source(server.origin).token(scope));
    expect(refused.detail).to.include({ kind: 'not-permitted', code: 'identity.refused' });
    expect(refused.detail.missing).to.match(/credential/);
    expect(refused.message)
      .to.match(/AADSTS7000215/)
      .and.not.match(/Trace ID/);
    await server.close();
    const unreached = await failureFrom(source(server.origin).token(scope));
    expect(unreached.detail).to.include({ kind: 'broken', code: 'identity.unreachable' });
    const missing = await failureFrom(source(server.origin, { certificatePath: '/no/such/file.pem' }).token(scope));
    expect(missing.detail).to.include({ kind: 'not-permitted' });
  });

  it('takes http only on this machine and only in sandbox mode, and wants a credential', () => {
    expect(() => source('http://127.0.0.1:4311', { secret: 's', sandbox: false })).to.throw(/must be https/);
    expect(() => source('http://login.example')).to.throw(/must be https/);
    expect(() => source('https://login.microsoftonline.com/common')).to.throw(/must be an https origin/);
    expect(() => source('https://login.microsoftonline.us', {})).to.throw(/AZURE_CLIENT_SECRET/);
    expect(() => source('https://login.microsoftonline.us', { managedIdentity: true })).not.to.throw();
  });
});
