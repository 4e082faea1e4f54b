import { Failure } from '#domain/failure';

/** Before a connection stands nothing can have been sent. */
const connecting: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** What a request without an answer means. A write that was sent may have happened: only reading back can tell. */
export function noAnswer(
  error: unknown,
  what: {
    readonly kind: 'read' | 'write';
    readonly name: string;
    readonly timedOut: boolean;
    readonly clientRequestId: string;
  },
): Failure {
  const { kind, name, timedOut, clientRequestId } = what;
  const lost = kind === 'write' && !neverSent(error);
  const why = timedOut ? 'did not answer in time' : 'could not be reached, or dropped the connection';
  return new Failure(
    `Microsoft Graph ${why}: ${name}${lost ? '; it may or may not have been carried out' : ''}`,
    {
      kind: lost ? 'unknown-outcome' : 'broken',
      code: timedOut ? 'graph.timeout' : lost ? 'graph.no-answer' : 'graph.unreachable',
      clientRequestId,
    },
    { cause: error },
  );
}

function neverSent(error: unknown): boolean {
  for (let current: unknown = error, depth = 0; current instanceof Error && depth < 5; depth += 1) {
    if ('code' in current && typeof current.code === 'string' && connecting.has(current.code)) return true;
    if ('syscall' in current && (current.syscall === 'connect' || current.syscall === 'getaddrinfo')) return true;
    current = current.cause;
  }
  return false;
}
