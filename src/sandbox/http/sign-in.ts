import { randomUUID } from 'node:crypto';
import { initialDomain, latchkeyAppId, latchkeyServicePrincipalId, tenantId } from '#sandbox/firm/ids';
import { grantedRoleNames } from '#sandbox/firm/service-principals';
import { sites } from '#sandbox/firm/sites';
import { type Answer, ok } from '#sandbox/http/answers';
import { bodyObject, param, type RoutedCall } from '#sandbox/http/call';
import type { Route } from '#sandbox/http/router';
import type { Json, JsonObject } from '#sandbox/tenant/world';

const lifetimeSeconds = 3599;

const knownTenants: readonly string[] = [
  tenantId,
  initialDomain,
  'common',
  'organizations',
  ...Object.values(sites).map((site) => site.domain),
];

function refused(call: RoutedCall, status: number, error: string, code: number, text: string): Answer {
  const body: JsonObject = {
    error,
    error_description: `AADSTS${code}: ${text}`,
    error_codes: [code],
    timestamp: call.tenant.timestamp().replace('T', ' '),
    trace_id: randomUUID(),
    correlation_id: call.headers['client-request-id'] ?? randomUUID(),
  };
  return { status, body };
}

const segment = (value: Json): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Not signed by anybody: the sandbox takes any bearer token. The claims are those that a reader of tokens looks for. */
function accessToken(call: RoutedCall, appId: string, scope: string): string {
  const issuedAt = Math.floor(call.tenant.clock.now().getTime() / 1000);
  const claims: JsonObject = {
    aud: scope.replace(/\/?\.default$/, ''),
    iss: `https://sts.windows.net/${tenantId}/`,
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + lifetimeSeconds,
    appid: appId,
    idtyp: 'app',
    oid: appId === latchkeyAppId ? latchkeyServicePrincipalId : appId,
    roles: [...grantedRoleNames(call.tenant.dials().withheldAppRoles)],
    tid: tenantId,
    ver: '1.0',
  };
  return `${segment({ alg: 'RS256', typ: 'JWT' })}.${segment(claims)}.${Buffer.from('sandbox').toString('base64url')}`;
}

/** Client credentials with a secret or a certificate's assertion, whatever they are. */
function token(call: RoutedCall): Answer {
  if (!knownTenants.includes(param(call, 'tenant').toLowerCase())) {
    return refused(call, 400, 'invalid_request', 90_002, `Tenant '${param(call, 'tenant')}' not found.`);
  }
  const form = bodyObject(call);
  const [grant, appId, scope] = [form['grant_type'], form['client_id'], form['scope']];
  if (grant !== 'client_credentials') {
    return refused(
      call,
      400,
      'unsupported_grant_type',
      70_003,
      `The app requested an unsupported grant type '${grant}'.`,
    );
  }
  if (typeof appId !== 'string' || typeof scope !== 'string') {
    return refused(call, 400, 'invalid_request', 900_144, "The request body must contain 'client_id' and 'scope'.");
  }
  if (!form['client_secret'] && !form['client_assertion']) {
    return refused(call, 401, 'invalid_client', 7_000_216, "'client_assertion' or 'client_secret' is required.");
  }
  return ok({
    token_type: 'Bearer',
    expires_in: lifetimeSeconds,
    ext_expires_in: lifetimeSeconds,
    access_token: accessToken(call, appId, scope),
  });
}

function openidConfiguration(call: RoutedCall): Answer {
  const base = `http://${call.host}/${param(call, 'tenant')}`;
  return ok({
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`,
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    tenant_region_scope: 'EU',
    cloud_instance_name: 'microsoftonline.com',
    cloud_graph_host_name: 'graph.windows.net',
    msgraph_host: 'graph.microsoft.com',
  });
}

export const signInRoutes: readonly Route[] = [
  ['POST /:tenant/oauth2/v2.0/token', token],
  ['GET /:tenant/v2.0/.well-known/openid-configuration', openidConfiguration],
];
