const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/** The origin cmdlets and their token go to; plain http is for the simulated tenant on this machine and nothing else. */
export function exchangeOrigin(baseUrl: string, sandbox: boolean): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '' || url.username !== '')
    throw new Error(`EXCHANGE_BASE_URL must be an origin such as https://outlook.office365.com, but is "${baseUrl}"`);
  if (url.protocol === 'http:' && !(sandbox && loopback.test(url.hostname)))
    throw new Error(
      'EXCHANGE_BASE_URL must be https: plain http is only for the simulated tenant on this machine, in sandbox mode',
    );
  return url.origin;
}
