import { autoReplyCmdlets } from '#sandbox/exchange/auto-reply-cmdlets';
import { type Cmdlet, CmdletFailure, type Invocation } from '#sandbox/exchange/cmdlet';
import { distributionCmdlets } from '#sandbox/exchange/distribution-cmdlets';
import { inboxRuleCmdlets } from '#sandbox/exchange/inbox-rule-cmdlets';
import { mailboxCmdlets } from '#sandbox/exchange/mailbox-cmdlets';
import { permissionCmdlets } from '#sandbox/exchange/permission-cmdlets';
import { initialDomain, tenantId } from '#sandbox/firm/ids';
import { type Answer, ok } from '#sandbox/http/answers';
import { bodyObject, isObject, param, type RoutedCall } from '#sandbox/http/call';
import type { Route } from '#sandbox/http/router';
import { listOption, pick } from '#sandbox/query/select';
import type { JsonObject } from '#sandbox/tenant/world';

const cmdlets: readonly Cmdlet[] = [
  ...mailboxCmdlets,
  ...permissionCmdlets,
  ...distributionCmdlets,
  ...inboxRuleCmdlets,
  ...autoReplyCmdlets,
];

/** What Exchange says of a cmdlet or a parameter that the app's role does not have, or that there is none of. */
const notInRole = (status: number, name: string, unserved?: string): CmdletFailure =>
  new CmdletFailure(
    status,
    'Microsoft.Exchange.Configuration.Authorization.CmdletAccessDeniedException',
    `'${name}' is not present in the role definition of the current user.`,
    unserved,
  );

/** Parameter names are taken in any case, as PowerShell does, and handed on as declared. */
function boundParameters(cmdlet: Cmdlet, given: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const declared = cmdlet.parameters.find((parameter) => parameter.toLowerCase() === name.toLowerCase());
      if (declared === undefined) throw notInRole(400, name, `${cmdlet.name} -${name}`);
      return [declared, value];
    }),
  );
}

interface Outcome {
  readonly rows: readonly JsonObject[];
  readonly warnings: readonly string[];
}

function invoke(call: RoutedCall): Outcome {
  const input = bodyObject(call)['CmdletInput'];
  const name = isObject(input) ? input['CmdletName'] : undefined;
  if (!isObject(input) || typeof name !== 'string') {
    throw new CmdletFailure(400, 'System.ArgumentException', 'CmdletInput with a CmdletName is needed.');
  }
  if (!call.headers['x-anchormailbox']) {
    throw new CmdletFailure(400, 'System.ArgumentException', 'The request names no X-AnchorMailbox to be routed by.');
  }
  const cmdlet = cmdlets.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  if (call.tenant.dials().exchangeRoleTooLow) throw notInRole(403, name);
  if (cmdlet === undefined) throw notInRole(403, name, name);
  const given = isObject(input['Parameters']) ? input['Parameters'] : {};
  const warnings: string[] = [];
  const invocation: Invocation = {
    tenant: call.tenant,
    parameters: boundParameters(cmdlet, given),
    warn: (text) => warnings.push(text),
  };
  return { rows: cmdlet.run(invocation), warnings };
}

function failureAnswer(call: RoutedCall, failure: CmdletFailure): Answer {
  const body: JsonObject = {
    error: {
      code: failure.status === 404 ? 'NotFound' : failure.status === 403 ? 'Forbidden' : 'BadRequest',
      message: `Error executing request. ${failure.message}`,
      details: [{ code: 'Context', target: '', message: `Ex6F9304|${failure.exception}|${failure.message}` }],
      innererror: {
        message: 'Error executing cmdlet',
        type: 'Microsoft.Exchange.Admin.OData.Core.ODataServiceException',
        stacktrace: '',
        internalException: {
          message: `${failure.exception}: ${failure.message}`,
          type: failure.exception,
          stacktrace: '',
        },
      },
      'client-request-id': call.headers['client-request-id'] ?? null,
    },
  };
  const { status, unserved } = failure;
  return unserved === undefined ? { status, body } : { status, body, unserved };
}

/** The next page is asked for by posting the same body to the link. */
function answerPage(call: RoutedCall, { rows, warnings }: Outcome): JsonObject {
  const selected = listOption(call.query, '$select');
  const shown = selected === undefined ? rows : rows.map((row) => pick(row, selected));
  const size = Number(/odata\.maxpagesize=(\d+)/.exec(call.headers['prefer'] ?? '')?.[1] ?? 1000);
  const start = Number(call.query.get('$skiptoken') ?? 0);
  const next = new URLSearchParams(call.query);
  next.set('$skiptoken', String(start + size));
  const base = `https://outlook.office365.com/adminapi/beta/${tenantId}`;
  return {
    '@odata.context': `${base}/$metadata#Collection(Exchange.GenericHashTable)`,
    ...(warnings.length === 0 ? {} : { '@adminapi.warnings': [...warnings] }),
    ...(start + size < shown.length
      ? { '@odata.nextLink': `${base}/InvokeCommand?${next.toString().replaceAll('%24', '$')}` }
      : {}),
    value: shown.slice(start, start + size),
  };
}

function invokeCommand(call: RoutedCall): Answer {
  try {
    if (![tenantId, initialDomain].includes(param(call, 'tenant').toLowerCase())) {
      throw new CmdletFailure(
        404,
        'System.ArgumentException',
        `The tenant '${param(call, 'tenant')}' is unknown here.`,
      );
    }
    return ok(answerPage(call, invoke(call)));
  } catch (error) {
    if (!(error instanceof CmdletFailure)) throw error;
    return failureAnswer(call, error);
  }
}

export const exchangeRoutes: readonly Route[] = [['POST /adminapi/beta/:tenant/InvokeCommand', invokeCommand]];
