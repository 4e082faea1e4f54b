import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TokenServer {
  readonly issuer: string;
  readonly openIdMetadataUrl: string;
  /** A channel token, signed with the served key unless `alg` or `stranger` says otherwise. */
  token(claims: object, how?: { readonly alg?: 'RS256' | 'none'; readonly stranger?: boolean }): string;
  close(): Promise<void>;
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Stands in for the Bot Framework's key server, so that token checks run without the internet. */
export async function startTokenServer(): Promise<TokenServer> {
  const issuer = 'https://api.botframework.com';
  const ours = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const strangers = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = {
    ...ours.publicKey.export({ format: 'jwk' }),
    kid: 'k1',
    use: 'sig',
    alg: 'RS256',
    endorsements: ['msteams'],
    x5c: [],
  };
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    const keys = {
      issuer,
      jwks_uri: `http://127.0.0.1:${port}/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
    };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url === '/openid' ? keys : { keys: [jwk] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    issuer,
    openIdMetadataUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/openid`,
    token(claims, { alg = 'RS256', stranger = false } = {}) {
      const signed = `${part({ alg, typ: 'JWT', kid: 'k1' })}.${part(claims)}`;
      if (alg === 'none') return `${signed}.`;
      const key = stranger ? strangers.privateKey : ours.privateKey;
      return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
