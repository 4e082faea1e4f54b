import { randomUUID } from 'node:crypto';
import type { Fault } from '#sandbox/dials';
import { type Answer, ConnectionDropped, graphErrorBody, notServed, Refusal } from '#sandbox/http/answers';
import { type Call, isObject } from '#sandbox/http/call';
import { takeFault } from '#sandbox/http/faults';
import type { LogEntry, RequestLog } from '#sandbox/http/request-log';
import type { Router } from '#sandbox/http/router';
import type { Throttle } from '#sandbox/http/throttle';

export interface Dispatcher {
  /** @throws ConnectionDropped when a fault says so. */
  dispatch(call: Call, url: string, batched: boolean): Answer;
  /** Answers and logs a request that was refused before it came to its route. */
  refuse(call: Call, url: string, refusal: Refusal): Answer;
}

interface Parts {
  readonly router: Router;
  readonly throttle: Throttle;
  readonly log: RequestLog;
}

function cmdletOf(call: Call): string | undefined {
  const input = isObject(call.body) ? call.body['CmdletInput'] : undefined;
  const name = isObject(input) ? input['CmdletName'] : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** Throws for a fault that answers, or drops the connection, before the request is handled. */
function applyFault(fault: Fault | undefined): void {
  if (fault?.drop === 'before') throw new ConnectionDropped('before');
  if (fault?.status === undefined) return;
  const headers: Record<string, string> =
    fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
  throw new Refusal(fault.status, fault.code ?? codeOf(fault.status), fault.message ?? 'A fault was dialled.', headers);
}

interface Facts {
  readonly requestId: string;
  readonly clientRequestId: string;
  readonly entry: Omit<LogEntry, 'status' | 'dropped'>;
}

function factsOf(call: Call, url: string, batched: boolean): Facts {
  const requestId = randomUUID();
  const clientRequestId = call.headers['client-request-id'] ?? requestId;
  const time = call.tenant.clock.now().toISOString();
  const cmdlet = cmdletOf(call) ?? null;
  return {
    requestId,
    clientRequestId,
    entry: { time, method: call.method, url, requestId, clientRequestId, cmdlet, batched },
  };
}

/** Hands one request to its route, round it what befalls any request: faults, throttling, errors, the log. */
export function createDispatcher({ router, throttle, log }: Parts): Dispatcher {
  const answerOf = (call: Call, url: string): Answer => {
    const fault = takeFault(call.tenant, { method: call.method, url, cmdlet: cmdletOf(call) });
    applyFault(fault);
    // A $batch is not counted itself: each of its items is.
    if (call.path !== '/$batch') throttle.count();
    const answer = router(call);
    if (answer === undefined) throw notServed(`${call.method} ${url.split('?')[0]}`);
    if (fault?.drop === 'after') throw new ConnectionDropped('after');
    return answer;
  };
  const refusedAnswer = (call: Call, { entry, requestId, clientRequestId }: Facts, refusal: Refusal): Answer => {
    log.add({ ...entry, status: refusal.status, dropped: null });
    if (refusal.status === 501) log.addUnsupported(`${entry.method} ${entry.url.split('?')[0]}: ${refusal.message}`);
    const body = graphErrorBody(refusal, requestId, clientRequestId, call.tenant.clock.now());
    return { status: refusal.status, body, headers: refusal.headers };
  };
  const logged = (call: Call, facts: Facts, answer: () => Answer): Answer => {
    const { entry } = facts;
    try {
      const given = answer();
      log.add({ ...entry, status: given.status, dropped: null });
      if (given.unserved !== undefined) log.addUnsupported(given.unserved);
      return given;
    } catch (error) {
      if (error instanceof Refusal) return refusedAnswer(call, facts, error);
      if (error instanceof ConnectionDropped) log.add({ ...entry, status: null, dropped: error.moment });
      throw error;
    }
  };
  const withIds = ({ requestId, clientRequestId }: Facts, answer: Answer): Answer => ({
    ...answer,
    headers: { 'request-id': requestId, 'client-request-id': clientRequestId, ...answer.headers },
  });
  return {
    dispatch: (call, url, batched) => {
      const facts = factsOf(call, url, batched);
      return withIds(
        facts,
        logged(call, facts, () => answerOf(call, url)),
      );
    },
    refuse: (call, url, refusal) => {
      const facts = factsOf(call, url, false);
      return withIds(facts, refusedAnswer(call, facts, refusal));
    },
  };
}

function codeOf(status: number): string {
  if (status === 429) return 'TooManyRequests';
  if (status === 503) return 'serviceNotAvailable';
  if (status === 504) return 'gatewayTimeout';
  if (status === 404) return 'Request_ResourceNotFound';
  if (status === 403) return 'Authorization_RequestDenied';
  return status < 500 ? 'Request_BadRequest' : 'generalException';
}
