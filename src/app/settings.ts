import { z } from 'zod/v4';

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

const port = z
  .string()
  .regex(/^\d+$/)
  .transform(Number)
  .refine((value) => value >= 1 && value <= 65_535);
const seconds = z
  .string()
  .regex(/^\d{1,4}$/)
  .transform(Number)
  .refine((value) => value >= 1 && value <= 3600);
const onOff = z.stringbool({ truthy: ['on', 'true', '1', 'yes'], falsy: ['off', 'false', '0', 'no'] });
const id = z
  .string()
  .regex(guid)
  .transform((value) => value.toLowerCase());
const origin = z
  .string()
  .refine(isOrigin)
  .transform((value) => new URL(value).origin);
const address = z.string().refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol));
/** Whoever is called must not be listened to on the way. */
const beatUrl = address.refine((value) => value.startsWith('https:') || loopback.test(new URL(value).hostname));
const text = z.string();

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '' && url.username === '';
}

/** The SDK takes any word it does not know for MultiTenant; a typing error must not widen who may talk to the bot. */
const appTypes = ['SingleTenant', 'UserAssignedMsi', 'MultiTenant'] as const;
const appType = z
  .string()
  .transform((typed) => appTypes.find((known) => known.toLowerCase() === typed.toLowerCase()))
  .refine((value) => value !== undefined);

const aGuid = 'a GUID, such as 1a7c4e8d-0000-4000-8000-00000000a1b2';
const anOrigin = 'an origin without a path or version, such as https://graph.microsoft.com';
const aPort = 'a whole number from 1 to 65535';

function setting<S extends z.ZodType>(schema: S, wants: string) {
  return { schema, wants };
}

/** Every setting: how it is read, and what it wants to be, said when it is something else. Names are those of design and docs. */
export const settings = {
  LATCHKEY_MODE: setting(z.enum(['sandbox', 'observe', 'production']), 'sandbox, observe or production'),
  HOST: setting(text, 'a host name or address to listen on'),
  PORT: setting(port, aPort),
  LOG_LEVEL: setting(z.enum(['trace', 'debug', 'info', 'warn', 'error']), 'trace, debug, info, warn or error'),
  DATABASE_URL: setting(
    z.string().regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/),
    'sqlite:<path> or postgres://user:password@host/database',
  ),
  SEALING_KEY_FILE: setting(text, 'the path of a file'),
  SIGNING_KEY_FILE: setting(text, 'the path of a file'),
  POLICY_FILE: setting(text, 'the path of a file'),
  HEARTBEAT_URL: setting(beatUrl, 'an https address, or http on this machine'),
  HEARTBEAT_SECONDS: setting(seconds, 'a whole number of seconds from 1 to 3600'),
  MicrosoftAppId: setting(id, aGuid),
  MicrosoftAppType: setting(appType, appTypes.join(', ')),
  MicrosoftAppTenantId: setting(id, aGuid),
  MicrosoftAppPassword: setting(text, 'the client secret of the bot'),
  MicrosoftAppCertificatePath: setting(text, 'the path of a PEM file with certificate and private key'),
  CONNECTOR_SERVICE_URL: setting(address, 'an address such as https://smba.trafficmanager.net/teams/'),
  IT_CHANNEL_ID: setting(text, 'a channel id such as 19:…@thread.tacv2'),
  AZURE_TENANT_ID: setting(id, aGuid),
  AZURE_CLIENT_ID: setting(id, aGuid),
  AZURE_CLIENT_SECRET: setting(text, 'the client secret of the application'),
  AZURE_CLIENT_CERTIFICATE_PATH: setting(text, 'the path of a PEM file with certificate and private key'),
  AZURE_MANAGED_IDENTITY: setting(onOff, 'on or off'),
  GRAPH_BASE_URL: setting(origin, anOrigin),
  EXCHANGE_BASE_URL: setting(origin, anOrigin),
  LOGIN_BASE_URL: setting(origin, anOrigin),
  GRAPH_TRACE_FILE: setting(text, 'the path of a file'),
  SANDBOX_PORT: setting(port, aPort),
  PLAYGROUND: setting(onOff, 'on or off'),
  LATCHKEY_NOW: setting(z.iso.datetime({ offset: true }), 'a date-time such as 2026-11-20T16:59:00Z'),
  TEAMS_APP_ID: setting(id, aGuid),
  BOT_ID: setting(id, aGuid),
  DEVELOPER_NAME: setting(z.string().max(32), 'the name of the publisher, 32 characters at most'),
  WEBSITE_URL: setting(z.string().regex(/^https:\/\/.+/), 'an https address'),
  PRIVACY_URL: setting(z.string().regex(/^https:\/\/.+/), 'an https address'),
  TERMS_OF_USE_URL: setting(z.string().regex(/^https:\/\/.+/), 'an https address'),
} as const;

type Table = typeof settings;
export type SettingName = keyof Table;

/** What was set, parsed; what was not set is missing. */
export type Settings = { readonly [N in SettingName]?: NonNullable<z.output<Table[N]['schema']>> };

/** Set to nothing counts as not set. Problems are whole sentences; secrets never appear in them. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): {
  readonly found: Settings;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const entries = Object.entries(settings).flatMap(([name, { schema, wants }]) => {
    const typed = env[name]?.trim();
    if (typed === undefined || typed === '') return [];
    const read = schema.safeParse(typed);
    if (read.success) return [[name, read.data] as const];
    const shown = /SECRET|Password|DATABASE|HEARTBEAT_URL/.test(name) ? '' : `, but is "${typed}"`;
    problems.push(`${name} must be ${wants}${shown}.`);
    return [];
  });
  return { found: Object.fromEntries(entries), problems };
}
