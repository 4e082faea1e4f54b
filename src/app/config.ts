import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { OperatorError } from '#app/operator-error';
import { readSettings, type Settings } from '#app/settings';

export type Mode = 'sandbox' | 'observe' | 'production';

export interface Origins {
  readonly graph: string;
  readonly exchange: string;
  readonly login: string;
}

export interface Config {
  readonly mode: Mode;
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
  readonly database:
    | { readonly kind: 'sqlite'; readonly path: string }
    | { readonly kind: 'postgres'; readonly url: string };
  readonly policyFile: string;
  /** Kept apart from the database and from its backups. */
  readonly keys: { readonly sealingFile: string; readonly signingFile: string };
  readonly bot: {
    readonly appId?: string;
    readonly appType: string;
    readonly appTenantId?: string;
    readonly password?: string;
    readonly certificatePath?: string;
    /** Missing in sandbox mode unless set: nothing there may leave this machine. */
    readonly connectorServiceUrl?: string;
    readonly itChannelId?: string;
  };
  readonly tenant: {
    /** Missing in sandbox mode: the simulated tenant is asked. */
    readonly tenantId?: string;
    readonly clientId: string;
    readonly secret?: string;
    readonly certificatePath?: string;
    readonly managedIdentity: boolean;
    /** Missing in sandbox mode: no tenant was named, so one is started here. */
    readonly origins?: Origins;
  };
  readonly sandbox: { readonly port: number; readonly playground: boolean; readonly now?: string };
  /** Called while all is well, so that somebody outside notices when it is not. */
  readonly heartbeat: { readonly url?: string; readonly everyMs: number };
  readonly graphTraceFile?: string;
  readonly appPackage: {
    readonly teamsAppId?: string;
    readonly botId?: string;
    readonly developerName?: string;
    readonly websiteUrl?: string;
    readonly privacyUrl?: string;
    readonly termsOfUseUrl?: string;
  };
}

type Environment = Readonly<Record<string, string | undefined>>;

const worldwide: Origins = {
  graph: 'https://graph.microsoft.com',
  exchange: 'https://outlook.office365.com',
  login: 'https://login.microsoftonline.com',
};
const teamsConnector = 'https://smba.trafficmanager.net/teams/';
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/** The settings of this process, with `env/.env.<mode>` of the working folder below them. */
export function configOfProcess(): Config {
  return loadConfig(process.env, { envFolder: 'env' });
}

/**
 * Reads the settings: the environment first, then `.env.<mode>.user` (not committed, for secrets), then `.env.<mode>`. Throws
 * `OperatorError` with a sentence for each thing that is missing or wrong.
 */
export function loadConfig(env: Environment, { envFolder }: { readonly envFolder: string }): Config {
  const mode = modeOf(env);
  const files = [join(envFolder, `.env.${mode}.user`), join(envFolder, `.env.${mode}`)];
  const below = files.filter((file) => existsSync(file)).map((file) => parse(readFileSync(file, 'utf8')));
  const { found, problems } = readSettings(Object.assign({}, ...below.reverse(), withoutEmpty(env)));
  const wrong = [...problems, ...(mode === 'sandbox' ? sandboxProblems(found) : realTenantProblems(mode, found))];
  if (wrong.length > 0)
    throw new OperatorError(
      `Latchkey cannot run with these settings (environment, ${files.join(', ')}):\n${wrong.map((w) => `  - ${w}`).join('\n')}`,
    );
  return configFrom(mode, found);
}

function withoutEmpty(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
}

/** Which mode decides which file is read, so that it comes from the environment alone. */
function modeOf(env: Environment): Mode {
  const typed = env['LATCHKEY_MODE']?.trim().toLowerCase() ?? '';
  if (typed === 'sandbox' || typed === 'observe' || typed === 'production') return typed;
  if (typed !== '')
    throw new OperatorError(`LATCHKEY_MODE must be sandbox, observe or production, but is "${env['LATCHKEY_MODE']}".`);
  if ((env['AZURE_TENANT_ID']?.trim() ?? '') === '') return 'sandbox';
  throw new OperatorError(
    'AZURE_TENANT_ID names a tenant, but LATCHKEY_MODE does not say what may be done there: set it to observe (reads only, ' +
      'reports what would be done), to production, or to sandbox for a simulated tenant.',
  );
}

function isLoopback(address: string): boolean {
  return loopback.test(new URL(address).hostname);
}

function sandboxProblems(found: Settings): readonly string[] {
  const far = (['GRAPH_BASE_URL', 'EXCHANGE_BASE_URL', 'LOGIN_BASE_URL'] as const).filter((name) => {
    const value = found[name];
    return value !== undefined && !isLoopback(value);
  });
  const problems = far.map(
    (name) =>
      `${name} is ${found[name]}, but sandbox mode speaks to a simulated tenant on this machine only; for a real tenant set LATCHKEY_MODE=observe.`,
  );
  if (found.HEARTBEAT_URL !== undefined && !isLoopback(found.HEARTBEAT_URL))
    problems.push('HEARTBEAT_URL is not on this machine, but nothing leaves it in sandbox mode.');
  if (found.MicrosoftAppId === undefined && !loopback.test(found.HOST ?? '127.0.0.1'))
    problems.push(
      `HOST is ${found.HOST}, but without MicrosoftAppId nobody's messages are verified: use 127.0.0.1, or set MicrosoftAppId.`,
    );
  return problems;
}

function realTenantProblems(mode: Mode, found: Settings): readonly string[] {
  const problems: string[] = [];
  const need = (name: keyof Settings, why: string) => {
    if (found[name] === undefined) problems.push(`${name} is missing: ${why}.`);
  };
  need('AZURE_TENANT_ID', 'the directory (tenant) ID on the overview page of the Entra admin centre');
  if (found.AZURE_MANAGED_IDENTITY !== true) {
    need('AZURE_CLIENT_ID', 'the application (client) ID of the app registration Latchkey signs in with');
    if (found.AZURE_CLIENT_SECRET === undefined && found.AZURE_CLIENT_CERTIFICATE_PATH === undefined)
      problems.push(
        'No credential: set AZURE_CLIENT_CERTIFICATE_PATH (the documented way for Exchange), AZURE_CLIENT_SECRET, or AZURE_MANAGED_IDENTITY=on.',
      );
  }
  for (const name of ['GRAPH_BASE_URL', 'EXCHANGE_BASE_URL', 'LOGIN_BASE_URL', 'CONNECTOR_SERVICE_URL'] as const)
    if (found[name]?.startsWith('http:') && !(mode === 'observe' && isLoopback(found[name])))
      problems.push(`${name} is ${found[name]}, but a real tenant is spoken to over https only.`);
  return problems;
}

/** Leaves out what is undefined, as exact optional properties want it. */
function given<T extends Record<string, unknown>>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function configFrom(mode: Mode, found: Settings): Config {
  const sandbox = mode === 'sandbox';
  return {
    mode,
    host: found.HOST ?? (sandbox ? '127.0.0.1' : '0.0.0.0'),
    port: found.PORT ?? 3978,
    logLevel: found.LOG_LEVEL ?? 'info',
    database: databaseOf(found.DATABASE_URL ?? 'sqlite:data/latchkey.db'),
    policyFile: found.POLICY_FILE ?? 'config/policy.yaml',
    keys: {
      sealingFile: found.SEALING_KEY_FILE ?? 'data/keys/sealing.key',
      signingFile: found.SIGNING_KEY_FILE ?? 'data/keys/checkpoint.pem',
    },
    bot: botOf(found, sandbox),
    tenant: tenantOf(found, sandbox),
    sandbox: {
      port: found.SANDBOX_PORT ?? 4010,
      playground: sandbox && (found.PLAYGROUND ?? true),
      ...given({ now: sandbox ? found.LATCHKEY_NOW : undefined }),
    },
    appPackage: given({
      teamsAppId: found.TEAMS_APP_ID,
      botId: found.BOT_ID ?? found.MicrosoftAppId,
      developerName: found.DEVELOPER_NAME,
      websiteUrl: found.WEBSITE_URL,
      privacyUrl: found.PRIVACY_URL,
      termsOfUseUrl: found.TERMS_OF_USE_URL,
    }),
    heartbeat: { everyMs: (found.HEARTBEAT_SECONDS ?? 60) * 1_000, ...given({ url: found.HEARTBEAT_URL }) },
    ...given({ graphTraceFile: found.GRAPH_TRACE_FILE }),
  };
}

function botOf(found: Settings, sandbox: boolean): Config['bot'] {
  return {
    appType: found.MicrosoftAppType ?? 'SingleTenant',
    ...given({
      connectorServiceUrl: found.CONNECTOR_SERVICE_URL ?? (sandbox ? undefined : teamsConnector),
      appId: found.MicrosoftAppId,
      appTenantId: found.MicrosoftAppTenantId ?? found.AZURE_TENANT_ID,
      password: found.MicrosoftAppPassword,
      certificatePath: found.MicrosoftAppCertificatePath,
      itChannelId: found.IT_CHANNEL_ID,
    }),
  };
}

function tenantOf(found: Settings, sandbox: boolean): Config['tenant'] {
  return {
    clientId: found.AZURE_CLIENT_ID ?? '',
    managedIdentity: found.AZURE_MANAGED_IDENTITY ?? false,
    ...given({
      tenantId: found.AZURE_TENANT_ID,
      secret: found.AZURE_CLIENT_SECRET,
      certificatePath: found.AZURE_CLIENT_CERTIFICATE_PATH,
      origins: originsOf(found, sandbox),
    }),
  };
}

/** In sandbox mode one origin is enough: a simulated tenant serves all three. */
function originsOf(found: Settings, sandbox: boolean): Origins | undefined {
  const { GRAPH_BASE_URL: graph, EXCHANGE_BASE_URL: exchange, LOGIN_BASE_URL: login } = found;
  if (!sandbox)
    return {
      graph: graph ?? worldwide.graph,
      exchange: exchange ?? worldwide.exchange,
      login: login ?? worldwide.login,
    };
  const one = graph ?? exchange ?? login;
  return one === undefined ? undefined : { graph: graph ?? one, exchange: exchange ?? one, login: login ?? one };
}

function databaseOf(url: string): Config['database'] {
  return url.startsWith('sqlite:') ? { kind: 'sqlite', path: url.slice('sqlite:'.length) } : { kind: 'postgres', url };
}
