import type { CmdletAnswer, CmdletCall } from '#adapters/exchange/exchange-settings';
import { Failure, type FailureDetail, type FailureKind } from '#domain/failure';

interface Rule {
  readonly kind: FailureKind;
  readonly code: string;
  readonly says: RegExp;
}

/** Exchange puts the exception's name or its sentence into the text; the status alone says little. First fit decides. */
const rules: readonly Rule[] = [
  {
    kind: 'already-done',
    code: 'exchange.already-member',
    says: /MemberAlreadyExistsException|is already a member of the group/i,
  },
  { kind: 'already-done', code: 'exchange.not-a-member', says: /MemberNotFoundException|isn't a member of the group/i },
  {
    kind: 'already-done',
    code: 'exchange.no-such-permission',
    says: /because the ACE (doesn't exist|isn't present)|ACENotFoundException/i,
  },
  // Comes with a write-scope text around it, which alone would mean a role.
  {
    kind: 'refused',
    code: 'exchange.synced-object',
    says: /synchronized from your on-premises|object is being synchronized/i,
  },
  {
    kind: 'not-permitted',
    code: 'exchange.not-permitted',
    says: /is not present in the role definition|isn't within your current write scopes|out of the current user's write scope|is not recognized as a name of a cmdlet|the term '[^']+' is not recognized/i,
  },
  {
    kind: 'throttled',
    code: 'exchange.throttled',
    says: /ServerBusyException|OverBudgetException|micro delay|throttl/i,
  },
  {
    kind: 'not-found',
    code: 'exchange.not-found',
    says: /ManagementObjectNotFoundException|couldn't be found|could not be found|wasn't found/i,
  },
];

/** How long a throttled change waits when Exchange does not say; it publishes no limits. */
const unsaidWaitMs = 15_000;

export function cmdletFailure(call: CmdletCall, answer: CmdletAnswer, retryAfterMs: number | undefined): Failure {
  const said = errorText(answer.body);
  const { kind, code } = judge(call, answer, said);
  const wait = retryAfterMs ?? (kind === 'throttled' ? unsaidWaitMs : undefined);
  const requestId = answer.header('request-id');
  const open = kind === 'unknown-outcome' ? '; it may or may not have been carried out' : '';
  return new Failure(`${call.cmdlet}: ${said === '' ? `status ${answer.status}` : said}${open}`, {
    kind,
    code,
    status: answer.status,
    clientRequestId: answer.clientRequestId,
    ...(requestId === undefined ? {} : { requestId }),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...(kind === 'not-permitted' ? { missing: missingFor(call, answer.status) } : {}),
  });
}

/** A 2xx that is not what the caller relies on. */
export function unexpectedResult(call: CmdletCall, answer: CmdletAnswer, cause: unknown): Failure {
  return new Failure(
    `Exchange answered ${call.cmdlet} with something that was not expected`,
    {
      kind: call.kind === 'read' ? 'broken' : 'unknown-outcome',
      code: 'exchange.unexpected-answer',
      status: answer.status,
      clientRequestId: answer.clientRequestId,
    },
    { cause },
  );
}

function judge(call: CmdletCall, answer: CmdletAnswer, said: string): Pick<FailureDetail, 'kind' | 'code'> {
  const rule = rules.find((candidate) => candidate.says.test(said));
  // Exchange reports refusals of a cmdlet with 4xx and with 500 alike: a text that is known counts more than the status.
  if (rule) return { kind: rule.kind, code: rule.code };
  if (answer.status === 401) return { kind: 'not-permitted', code: 'exchange.unauthenticated' };
  if (answer.status === 403) return { kind: 'not-permitted', code: 'exchange.not-permitted' };
  if (answer.status === 429) return { kind: 'throttled', code: 'exchange.throttled' };
  if (answer.status === 404) return { kind: 'refused', code: 'exchange.no-such-endpoint' };
  if (answer.status === 408 || answer.status >= 500)
    return call.kind === 'read'
      ? { kind: 'broken', code: 'exchange.outage' }
      : { kind: 'unknown-outcome', code: 'exchange.outage' };
  return { kind: 'refused', code: 'exchange.refused' };
}

function missingFor(call: CmdletCall, status: number): string {
  const role = `a directory role for the application that allows ${call.cmdlet} (Exchange Recipient Administrator or Exchange Administrator)`;
  return status === 401 ? `Exchange.ManageAsApp with admin consent, and ${role}` : `Exchange.ManageAsApp and ${role}`;
}

/** In the order in which the useful sentence is found: details, the exception inside, the error itself. */
function errorText(body: unknown): string {
  const error = field(body, 'error');
  const details = field(error, 'details');
  const told = Array.isArray(details) ? details.map((d) => text(field(d, 'message'))).filter((m) => m !== '') : [];
  if (told.length > 0) return told.join(' ');
  const inner = field(error, 'innererror') ?? field(error, 'innerError');
  const exception = field(field(inner, 'internalException') ?? field(inner, 'internalexception'), 'message');
  return text(exception) || text(field(error, 'message')) || (typeof body === 'string' ? body.slice(0, 300) : '');
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function field(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}
