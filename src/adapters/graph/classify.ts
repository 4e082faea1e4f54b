import { errorRules, type ServiceError } from '#adapters/graph/error-rules';
import { permissionFor } from '#adapters/graph/permission-for';
import { retryAfterMs } from '#adapters/graph/retry-after';
import type { Answer, WireCall } from '#adapters/graph/wire-call';
import { Failure, type FailureDetail } from '#domain/failure';

type Verdict = Pick<FailureDetail, 'kind' | 'code'>;

/** How long a throttled change waits when Graph does not say. */
const unsaidWaitMs = 10_000;

/** The `Failure` an answer outside 2xx stands for. */
export function failureOf(call: WireCall, answer: Answer, machineNow: number): Failure {
  const error = serviceError(answer);
  const verdict = judge(call, error, answer);
  const wait = retryAfterMs(answer.header, machineNow) ?? (verdict.kind === 'throttled' ? unsaidWaitMs : undefined);
  const missing = verdict.kind === 'not-permitted' ? permissionFor(call) : undefined;
  return new Failure(sentence(call, error, verdict), {
    ...verdict,
    status: answer.status,
    ...requestIds(answer),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...(missing === undefined ? {} : { missing }),
  });
}

/** A 2xx whose body is not what the caller relies on. A write of that kind was carried out, in a way nobody here understands. */
export function unexpectedAnswer(call: WireCall, answer: Answer, cause: unknown): Failure {
  return new Failure(
    `Microsoft Graph answered ${nameOf(call)} with something that was not expected`,
    {
      kind: call.kind === 'read' ? 'broken' : 'unknown-outcome',
      code: 'graph.unexpected-answer',
      status: answer.status,
      ...requestIds(answer),
    },
    { cause },
  );
}

function judge(call: WireCall, error: ServiceError, answer: Answer): Verdict {
  const text = `${error.code} ${error.message}`;
  const rule =
    error.status < 500
      ? errorRules.find((r) => (r.status === undefined || r.status === error.status) && r.says.test(text))
      : undefined;
  return rule ? { kind: rule.kind, code: rule.code } : judgeStatus(call, error.status, answer);
}

function judgeStatus(call: WireCall, status: number, answer: Answer): Verdict {
  switch (status) {
    case 401:
      return { kind: 'not-permitted', code: 'graph.unauthenticated' };
    case 403:
      return { kind: 'not-permitted', code: 'graph.not-permitted' };
    case 404:
      // For a removal the object's absence is what was wanted. It may also be the other object of the pair that is missing:
      // the read-back that follows finds out.
      return call.method === 'DELETE'
        ? { kind: 'already-done', code: 'graph.not-there' }
        : { kind: 'not-found', code: 'graph.not-found' };
    case 429:
      return { kind: 'throttled', code: 'graph.throttled' };
    default:
      return status === 408 || status >= 500 ? judgeOutage(call, answer) : { kind: 'refused', code: 'graph.refused' };
  }
}

/** An outage while writing leaves open what happened, whatever the status claims. */
function judgeOutage(call: WireCall, answer: Answer): Verdict {
  if (call.kind === 'write') return { kind: 'unknown-outcome', code: 'graph.outage' };
  const asksToWait = answer.status === 503 && answer.header('retry-after') !== undefined;
  return asksToWait ? { kind: 'throttled', code: 'graph.throttled' } : { kind: 'broken', code: 'graph.outage' };
}

function serviceError(answer: Answer): ServiceError {
  const error = field(answer.body, 'error');
  const code = field(error, 'code');
  const message = field(error, 'message');
  return {
    status: answer.status,
    code: typeof code === 'string' ? code : '',
    message: typeof message === 'string' ? message : '',
  };
}

function requestIds(answer: Answer): Pick<FailureDetail, 'requestId' | 'clientRequestId'> {
  const inner = field(field(answer.body, 'error'), 'innerError');
  const said = field(inner, 'request-id');
  const requestId = typeof said === 'string' ? said : answer.requestId;
  return {
    ...(requestId === undefined ? {} : { requestId }),
    ...(answer.clientRequestId === undefined ? {} : { clientRequestId: answer.clientRequestId }),
  };
}

function sentence(call: WireCall, error: ServiceError, verdict: Verdict): string {
  const said = error.message === '' ? `status ${error.status}` : error.message;
  const open = verdict.kind === 'unknown-outcome' ? '; it may or may not have been carried out' : '';
  return `${nameOf(call)}: ${said}${error.code === '' ? '' : ` (${error.code})`}${open}`;
}

function nameOf(call: WireCall): string {
  return `${call.method} ${call.path.split('?', 1)[0]}`;
}

function field(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}
