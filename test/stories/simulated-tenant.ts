import { z } from 'zod';
import type { DialSettings } from '#sandbox/dials';
import { type Sandbox, startSandbox } from '#sandbox/start-sandbox';

const trueUser = z.object({
  user: z.object({ accountEnabled: z.boolean(), signInSessionsValidFromDateTime: z.string().nullish() }).passthrough(),
  methods: z.array(z.object({ id: z.string(), type: z.string() })),
  groups: z.array(z.object({ id: z.string(), displayName: z.string() })),
  licences: z.array(z.string()),
  mailbox: z
    .object({
      type: z.string(),
      state: z.string(),
      forwardingAddress: z.string().nullable(),
      forwardingSmtpAddress: z.string().nullable(),
      fullAccess: z.array(z.object({ trustee: z.string(), accessRights: z.array(z.string()) })),
      rules: z.array(z.object({ id: z.string(), isEnabled: z.boolean() }).passthrough()),
      autoReply: z.object({ status: z.string(), internalReplyMessage: z.string() }).passthrough(),
    })
    .nullable(),
});

const logEntry = z.object({
  time: z.string(),
  method: z.string(),
  url: z.string(),
  status: z.number().nullable(),
  dropped: z.enum(['before', 'after']).nullable(),
  cmdlet: z.string().nullable(),
});

export type TrueUser = z.infer<typeof trueUser>;
export type LogEntry = z.infer<typeof logEntry>;

/** The simulated tenant as a story turns it, over HTTP alone. */
export interface SimulatedTenant {
  readonly origin: string;
  readonly tenantId: string;
  /** One person as they truly are, without lag. */
  state(userId: string): Promise<TrueUser>;
  dials(dials: DialSettings): Promise<void>;
  /** Moves the tenant's date on; everything that takes time there has had that time. */
  advance(ms: number): Promise<void>;
  now(): Promise<string>;
  log(): Promise<readonly LogEntry[]>;
  /** What an administrator does in Active Directory to a synced account. */
  activeDirectory(userId: string, change: object): Promise<void>;
  /** What an administrator does in Exchange by hand. */
  exchange(cmdlet: string, parameters: object): Promise<void>;
  /** `as`: who does it, by object id; none: an administrator. */
  graph(method: string, path: string, body?: object, as?: string): Promise<void>;
  /** Somebody signs in now, whether they may or not. */
  signIn(userId: string): Promise<void>;
  close(): Promise<void>;
}

/** A Friday morning. In London 09:00, in Austin 03:00. */
const fridayMorning = '2026-11-20T09:00:00.000Z';

/** As slow as keeps everything asynchronous, and no slower. */
const brisk: DialSettings = {
  lagMs: 40,
  indexLagMs: 40,
  exchangeLagMs: 40,
  dynamicGroupLagMs: 100,
  licenceLagMs: 100,
  mailboxLagMs: 40,
};

export async function startTenant(): Promise<SimulatedTenant> {
  const sandbox: Sandbox = await startSandbox({ port: 0, seedNow: fridayMorning, dials: brisk });
  const ask = async (method: string, path: string, body?: object, as = 'administrator'): Promise<unknown> => {
    const answer = await fetch(`${sandbox.origin}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${as}`,
        'content-type': 'application/json',
        'x-anchormailbox': 'UPN:admin@northwind.example',
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  return {
    origin: sandbox.origin,
    tenantId: sandbox.tenantId,
    state: async (userId) => trueUser.parse(await ask('GET', `/_sandbox/state/${userId}`)),
    dials: async (dials) => void (await ask('POST', '/_sandbox/dials', dials)),
    advance: async (ms) => void (await ask('POST', '/_sandbox/clock', { advance: ms })),
    now: async () => z.object({ now: z.string() }).parse(await ask('GET', '/_sandbox/clock')).now,
    log: async () => z.array(logEntry).parse(await ask('GET', '/_sandbox/log')),
    activeDirectory: async (userId, change) => void (await ask('POST', `/_sandbox/active-directory/${userId}`, change)),
    exchange: async (cmdlet, parameters) =>
      void (await ask('POST', `/adminapi/beta/${sandbox.tenantId}/InvokeCommand`, {
        CmdletInput: { CmdletName: cmdlet, Parameters: parameters },
      })),
    graph: async (method, path, body, as) => void (await ask(method, `/v1.0${path}`, body, as)),
    signIn: async (userId) => void (await ask('POST', `/_sandbox/sign-in/${userId}`, {})),
    close: () => sandbox.close(),
  };
}
