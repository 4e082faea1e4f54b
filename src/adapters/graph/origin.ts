/** Host names that never leave this machine. */
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/**
 * The origin of a service's base URL, refused where a token sent to it could be read on the way: http is for a simulated tenant
 * on this machine and nothing else.
 */
export function checkedOrigin(setting: string, baseUrl: string, sandbox: boolean): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new Error(`${setting} must be an https origin such as https://graph.microsoft.com, but is "${baseUrl}"`);
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '')
    throw new Error(`${setting} must be an origin without a path or a version, but is "${baseUrl}"`);
  if (url.protocol === 'http:' && !sandbox)
    throw new Error(`${setting} must be https: plain http is only for the simulated tenant, in sandbox mode`);
  if (url.protocol === 'http:' && !loopback.test(url.hostname))
    throw new Error(
      `${setting} may be plain http only on this machine (localhost or 127.0.0.1), but is "${url.origin}"`,
    );
  return url.origin;
}
