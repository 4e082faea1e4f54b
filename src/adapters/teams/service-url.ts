/**
 * Hosts that Teams sends from and takes messages at, exact names only: anybody can own another name under trafficmanager.net.
 * Public cloud, GCC, GCC High, DoD (learn.microsoft.com, "Send proactive messages", service URLs).
 */
const teamsHosts: readonly string[] = [
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
];

export interface ServiceUrlRule {
  readonly sandbox: boolean;
  /** CONNECTOR_SERVICE_URL: its origin is allowed besides the known hosts. */
  readonly connectorServiceUrl?: string;
}

export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  return bare === 'localhost' || bare === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(bare);
}

/**
 * Whether the bot may post to this serviceUrl. It comes from the body of a request, and the bot sends there with its own token:
 * without this rule whoever can write the body chooses where that token goes.
 */
export function isAllowedServiceUrl(serviceUrl: string, rule: ServiceUrlRule): boolean {
  if (!URL.canParse(serviceUrl)) return false;
  const url = new URL(serviceUrl);
  if (url.username !== '' || url.password !== '') return false;
  if (rule.sandbox) return /^https?:$/.test(url.protocol) && isLoopbackHost(url.hostname);
  if (rule.connectorServiceUrl !== undefined && url.origin === new URL(rule.connectorServiceUrl).origin) return true;
  return url.protocol === 'https:' && url.port === '' && teamsHosts.includes(url.hostname);
}
