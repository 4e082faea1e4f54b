import type { ClientSecretCredentialOptions } from '@azure/identity';

type HttpClient = NonNullable<ClientSecretCredentialOptions['httpClient']>;
type PipelineRequest = Parameters<HttpClient['sendRequest']>[0];
type PipelineResponse = Awaited<ReturnType<HttpClient['sendRequest']>>;
type Headers = PipelineResponse['headers'];

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;
const timeoutMs = 10_000;

export type Authority =
  | { readonly authorityHost: string }
  | { readonly authorityHost: string; readonly disableInstanceDiscovery: true; readonly httpClient: HttpClient };

/**
 * Where tokens are asked for. @azure/identity takes no http authority, whatever its options say; for the simulated tenant on this
 * machine the authority is written as https, and this client speaks http to it and describes it to the library.
 */
export function authorityOf(loginBaseUrl: string, sandbox: boolean): Authority {
  const url = URL.canParse(loginBaseUrl) ? new URL(loginBaseUrl) : undefined;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.pathname !== '/')
    throw new Error(
      `LOGIN_BASE_URL must be an https origin such as https://login.microsoftonline.com, but is "${loginBaseUrl}"`,
    );
  if (url.protocol === 'https:') return { authorityHost: url.origin };
  if (!sandbox || !loopback.test(url.hostname))
    throw new Error(
      'LOGIN_BASE_URL must be https: plain http is only for the simulated tenant on this machine, in sandbox mode',
    );
  return {
    authorityHost: url.origin.replace('http:', 'https:'),
    disableInstanceDiscovery: true,
    httpClient: { sendRequest: (request) => sendPlain(request, url.origin) },
  };
}

async function sendPlain(request: PipelineRequest, origin: string): Promise<PipelineResponse> {
  const url = new URL(request.url);
  if (url.host !== new URL(origin).host)
    throw new Error(`a token was asked for at ${url.host}, which is not the authority`);
  if (url.pathname.endsWith('/.well-known/openid-configuration'))
    return { request, status: 200, headers: headersOf([]), bodyAsText: JSON.stringify(descriptionOf(url)) };
  const response = await fetch(`${origin}${url.pathname}${url.search}`, {
    method: request.method,
    headers: Object.entries(request.headers.toJSON()),
    ...(typeof request.body === 'string' ? { body: request.body } : {}),
    redirect: 'error',
    signal: AbortSignal.timeout(request.timeout > 0 ? request.timeout : timeoutMs),
  });
  return {
    request,
    status: response.status,
    headers: headersOf([...response.headers]),
    bodyAsText: await response.text(),
  };
}

/** What the library wants to know of an authority before it asks for a token, in the https spelling it insists on. */
function descriptionOf(asked: URL): Readonly<Record<string, string>> {
  const tenant = `https://${asked.host}/${asked.pathname.split('/')[1]}`;
  return {
    issuer: `${tenant}/v2.0`,
    authorization_endpoint: `${tenant}/oauth2/v2.0/authorize`,
    token_endpoint: `${tenant}/oauth2/v2.0/token`,
    jwks_uri: `${tenant}/discovery/v2.0/keys`,
  };
}

function headersOf(entries: Iterable<readonly [string, string]>): Headers {
  const all = new Map([...entries].map(([name, value]) => [name.toLowerCase(), value]));
  return {
    get: (name) => all.get(name.toLowerCase()),
    has: (name) => all.has(name.toLowerCase()),
    set: (name, value) => void all.set(name.toLowerCase(), String(value)),
    delete: (name) => void all.delete(name.toLowerCase()),
    toJSON: () => Object.fromEntries(all),
    [Symbol.iterator]: () => all[Symbol.iterator](),
  };
}
