import type { Said } from '../graph/listen.js';

function saying(message: string, status = 400): Said {
  return { status, body: { error: { code: 'BadRequest', message } } };
}

/** What it is called, what Exchange says, what we take it for, and the code people search by. */
export const cmdletErrors: readonly [string, Said, string, string][] = [
  [
    'a member added twice',
    saying('…|Microsoft.Exchange.Management.Tasks.MemberAlreadyExistsException|The recipient "a" is already a member'),
    'already-done',
    'exchange.already-member',
  ],
  [
    'a member removed twice',
    saying('…|Microsoft.Exchange.Management.Tasks.MemberNotFoundException|"a" isn\'t a member of the group "b".'),
    'already-done',
    'exchange.not-a-member',
  ],
  [
    'nobody',
    saying(
      "Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|The operation couldn't be performed because object 'x' couldn't be found on 'DC'.",
      404,
    ),
    'not-found',
    'exchange.not-found',
  ],
  [
    'a parameter outside the role',
    saying(
      "A parameter cannot be found that matches parameter name 'x', it is not present in the role definition of the current user.",
    ),
    'not-permitted',
    'exchange.not-permitted',
  ],
  ['no consent', { status: 403, body: {} }, 'not-permitted', 'exchange.not-permitted'],
  ['a credential that is not taken', { status: 401 }, 'not-permitted', 'exchange.unauthenticated'],
  [
    'a refusal dressed as an outage',
    saying(
      "The operation on mailbox failed because it's out of the current write scope: the object is being synchronized from your on-premises organization.",
      500,
    ),
    'refused',
    'exchange.synced-object',
  ],
  [
    'a busy server',
    saying('Microsoft.Exchange.Data.Storage.ServerBusyException', 500),
    'throttled',
    'exchange.throttled',
  ],
  ['a wrong tenant', { status: 404, body: '' }, 'refused', 'exchange.no-such-endpoint'],
  ['anything else', saying('The value is not valid.'), 'refused', 'exchange.refused'],
];
