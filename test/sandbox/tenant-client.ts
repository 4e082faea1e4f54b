import { isObject } from '#sandbox/http/call';
import { type Sandbox, type SandboxOptions, startSandbox } from '#sandbox/start-sandbox';
import type { Json, JsonObject } from '#sandbox/tenant/world';

/** What a test sees of an answer. */
export interface Seen {
  readonly status: number;
  readonly body: JsonObject;
  readonly headers: Headers;
}

export interface TraceLine {
  readonly method: string;
  readonly url: string;
  readonly body: Json;
  readonly status: number;
  readonly response: Json;
}

/** A sandbox on any free port, and short ways to speak to it over HTTP. */
export interface TenantClient {
  readonly sandbox: Sandbox;
  readonly trace: readonly TraceLine[];
  /** Graph v1.0 below the version. */
  graph(method: string, path: string, body?: Json, headers?: Record<string, string>): Promise<Seen>;
  exchange(cmdlet: string, parameters: JsonObject, query?: string, headers?: Record<string, string>): Promise<Seen>;
  control(method: string, path: string, body?: Json): Promise<JsonObject>;
  /** Everything that takes time in the tenant has time to happen. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export const noLag = {
  lagMs: 0,
  indexLagMs: 0,
  exchangeLagMs: 0,
  dynamicGroupLagMs: 0,
  licenceLagMs: 0,
  mailboxLagMs: 0,
};

export async function openTenant(options: Omit<SandboxOptions, 'port'> = { dials: noLag }): Promise<TenantClient> {
  const sandbox = await startSandbox({ port: 0, ...options });
  const trace: TraceLine[] = [];
  const ask = async (
    method: string,
    path: string,
    body: Json | undefined,
    headers: Record<string, string>,
  ): Promise<Seen> => {
    const answer = await fetch(`${sandbox.origin}${path}`, {
      method,
      headers: { authorization: 'Bearer any', 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const parsed: JsonObject = text === '' ? {} : JSON.parse(text);
    trace.push({ method, url: path, body: body ?? null, status: answer.status, response: text === '' ? null : parsed });
    return { status: answer.status, body: parsed, headers: answer.headers };
  };
  const control = async (method: string, path: string, body?: Json): Promise<JsonObject> =>
    (await ask(method, `/_sandbox${path}`, body, {})).body;
  return {
    sandbox,
    trace,
    control,
    graph: (method, path, body, headers = {}) => ask(method, `/v1.0${path}`, body, headers),
    exchange: (cmdlet, parameters, query = '', headers = {}) =>
      ask(
        'POST',
        `/adminapi/beta/${sandbox.tenantId}/InvokeCommand${query}`,
        { CmdletInput: { CmdletName: cmdlet, Parameters: parameters } },
        { 'x-anchormailbox': 'UPN:alex.morgan@northwind.example', ...headers },
      ),
    // Jobs start jobs (group, then licence, then mailbox), so that one jump of the clock is enough only if it is long.
    settle: async () => {
      await control('POST', '/clock', { advance: 120_000 });
    },
    close: () => sandbox.close(),
  };
}

function errorField(seen: Seen, name: 'message' | 'code'): string {
  const error = seen.body['error'];
  return isObject(error) ? String(error[name] ?? '') : '';
}

/** The message of an error answer. */
export const messageOf = (seen: Seen): string => errorField(seen, 'message');

export const codeOf = (seen: Seen): string => errorField(seen, 'code');

/** The rows of a collection answer. */
export function rowsOf(seen: Seen): readonly JsonObject[] {
  const value = seen.body['value'];
  return Array.isArray(value) ? value : [];
}

export const reference = (id: string): JsonObject => ({
  '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}`,
});
