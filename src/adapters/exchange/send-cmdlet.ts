import type { CmdletAnswer, CmdletCall, ExchangeSettings } from '#adapters/exchange/exchange-settings';
import { Failure } from '#domain/failure';

const defaultTimeoutMs = 60_000;
const connecting = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;

/** Sends once and reads the whole answer; throws `Failure` when none came. */
export async function sendCmdlet(settings: ExchangeSettings, call: CmdletCall, token: string): Promise<CmdletAnswer> {
  const { clock } = settings;
  const clientRequestId = call.clientRequestId ?? settings.random.uuid();
  const started = clock.monotonic();
  const deadline = new AbortController();
  const answered = new AbortController();
  void clock.wait(settings.timeoutMs ?? defaultTimeoutMs, answered.signal).then(() => {
    if (!answered.signal.aborted) deadline.abort();
  });
  let response: Response | undefined;
  try {
    const heard = await fetch(call.url, {
      method: 'POST',
      headers: headersOf(call, token, clientRequestId),
      body: call.body,
      redirect: 'manual',
      signal: deadline.signal,
    });
    const text = await heard.text();
    response = heard;
    const header = (name: string): string | undefined => heard.headers.get(name) ?? undefined;
    return { status: heard.status, body: parsed(text), header, clientRequestId };
  } catch (error) {
    throw noAnswer(call, error, deadline.signal.aborted, clientRequestId);
  } finally {
    answered.abort();
    settings.onRequest?.({
      cmdlet: call.cmdlet,
      status: response?.status,
      durationMs: clock.monotonic() - started,
      clientRequestId,
      requestId: response?.headers.get('request-id') ?? undefined,
    });
  }
}

function headersOf(call: CmdletCall, token: string, clientRequestId: string): Record<string, string> {
  return {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    'content-type': 'application/json; charset=utf-8',
    'client-request-id': clientRequestId,
    'x-anchormailbox': call.anchor,
    'x-cmdletname': call.cmdlet,
    'x-responseformat': 'json',
    prefer: 'odata.maxpagesize=1000',
  };
}

function noAnswer(call: CmdletCall, error: unknown, timedOut: boolean, clientRequestId: string): Failure {
  const lost = call.kind === 'write' && !neverSent(error);
  const why = timedOut ? 'did not answer in time' : 'could not be reached, or dropped the connection';
  return new Failure(
    `Exchange ${why}: ${call.cmdlet}${lost ? '; it may or may not have been carried out' : ''}`,
    {
      kind: lost ? 'unknown-outcome' : 'broken',
      code: timedOut ? 'exchange.timeout' : lost ? 'exchange.no-answer' : 'exchange.unreachable',
      clientRequestId,
    },
    { cause: error },
  );
}

/** Before a connection stands nothing can have been sent. */
function neverSent(error: unknown): boolean {
  for (let current: unknown = error, depth = 0; current instanceof Error && depth < 5; depth += 1) {
    if ('code' in current && connecting.test(String(current.code))) return true;
    if ('syscall' in current && current.syscall === 'connect') return true;
    current = current.cause;
  }
  return false;
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
