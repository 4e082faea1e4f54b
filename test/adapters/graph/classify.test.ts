import { expect } from 'chai';
import { failureOf } from '#adapters/graph/classify';
import type { Answer, WireCall } from '#adapters/graph/wire-call';

type Method = WireCall['method'];

function failure(method: Method, path: string, status: number, code: string, message: string, headers = {}) {
  const all = new Map<string, string>(Object.entries(headers));
  const answer: Answer = {
    status,
    body: { error: { code, message, innerError: { 'request-id': 'service-1', date: '2026-11-20T10:00:00' } } },
    header: (name) => all.get(name),
    requestId: 'header-1',
    clientRequestId: 'ours-1',
  };
  const call: WireCall = { method, path, version: 'v1.0', kind: method === 'GET' ? 'read' : 'write' };
  return failureOf(call, answer, 0);
}

const members = '/groups/g/members/$ref';
const bad = 'Request_BadRequest';

const table: readonly [string, Method, string, number, string, string, string, string][] = [
  [
    'a member added twice',
    'POST',
    members,
    400,
    bad,
    "One or more added object references already exist for the following modified properties: 'members'.",
    'already-done',
    'graph.already-member',
  ],
  [
    'a member removed twice',
    'DELETE',
    '/groups/g/members/u/$ref',
    404,
    'Request_ResourceNotFound',
    "Resource 'u' does not exist or one of its queried reference-property objects are not present.",
    'already-done',
    'graph.not-there',
  ],
  [
    'a member removed twice, the other way to say it',
    'DELETE',
    '/groups/g/members/u/$ref',
    400,
    bad,
    "One or more removed object references do not exist for the following modified properties: 'members'.",
    'already-done',
    'graph.not-a-member',
  ],
  [
    'the last owner',
    'DELETE',
    '/groups/g/owners/u/$ref',
    400,
    bad,
    'The group must have at least one owner, hence this owner cannot be removed.',
    'refused',
    'graph.last-owner',
  ],
  [
    'a full group',
    'POST',
    members,
    403,
    'Directory_QuotaExceeded',
    'The request would exceed the maximum quota count of 100 for forward-link members',
    'refused',
    'graph.quota',
  ],
  [
    'an app role given twice',
    'POST',
    '/users/u/appRoleAssignments',
    400,
    bad,
    'Permission being assigned already exists on the object',
    'already-done',
    'graph.already-assigned',
  ],
  [
    'a role given twice',
    'POST',
    '/roleManagement/directory/roleAssignmentScheduleRequests',
    400,
    'RoleAssignmentExists',
    'The Role assignment already exists.',
    'already-done',
    'graph.already-assigned',
  ],
  [
    'a role taken twice',
    'POST',
    '/roleManagement/directory/roleAssignmentScheduleRequests',
    400,
    'RoleAssignmentDoesNotExist',
    'The Role assignment does not exist.',
    'already-done',
    'graph.not-assigned',
  ],
  [
    'a name that is taken',
    'POST',
    '/users',
    400,
    bad,
    'Another object with the same value for property userPrincipalName already exists.',
    'refused',
    'graph.duplicate',
  ],
  [
    'a user too new',
    'POST',
    '/users/u/appRoleAssignments',
    400,
    bad,
    'Not a valid reference update',
    'not-yet-visible',
    'graph.not-yet-visible',
  ],
  [
    'no seats',
    'POST',
    '/users/u/assignLicense',
    400,
    bad,
    'Subscription with SKU 1 does not have any available licenses.',
    'refused',
    'graph.no-seats',
  ],
  [
    'an inherited licence',
    'POST',
    '/users/u/assignLicense',
    400,
    bad,
    'User license is inherited from a group membership and it cannot be removed directly from the user.',
    'refused',
    'graph.inherited-licence',
  ],
  [
    'a licence that is not there',
    'POST',
    '/users/u/assignLicense',
    400,
    bad,
    'User does not have a corresponding license.',
    'already-done',
    'graph.no-such-licence',
  ],
  [
    'the default method',
    'DELETE',
    '/users/u/authentication/phoneMethods/p',
    400,
    'badRequest',
    "The requested authentication method id of [p] matches the user's current default authentication method, and cannot be deleted",
    'refused',
    'graph.default-method',
  ],
  [
    'a synced object',
    'PATCH',
    '/users/u',
    400,
    bad,
    'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
    'refused',
    'graph.synced-object',
  ],
  [
    'a distribution list',
    'DELETE',
    '/groups/g/members/u/$ref',
    400,
    bad,
    'Cannot Update a mail-enabled security groups and or distribution list.',
    'refused',
    'graph.mail-enabled-group',
  ],
  [
    'no mailbox',
    'GET',
    '/users/u/mailboxSettings',
    404,
    'MailboxNotEnabledForRESTAPI',
    'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
    'not-found',
    'graph.no-mailbox',
  ],
  [
    'nobody',
    'GET',
    '/users/u',
    404,
    'Request_ResourceNotFound',
    "Resource 'u' does not exist",
    'not-found',
    'graph.not-found',
  ],
  [
    'a write to nobody',
    'PATCH',
    '/users/u',
    404,
    'Request_ResourceNotFound',
    "Resource 'u' does not exist",
    'not-found',
    'graph.not-found',
  ],
  [
    'no such route',
    'DELETE',
    '/users/u/nonsense',
    400,
    'BadRequest',
    "Resource not found for the segment 'nonsense'.",
    'refused',
    'graph.no-such-route',
  ],
  [
    'two writes meeting',
    'PATCH',
    '/users/u',
    409,
    'Directory_ConcurrencyViolation',
    'The request was aborted due to concurrency.',
    'broken',
    'graph.concurrency',
  ],
  [
    'no permission',
    'PATCH',
    '/users/u',
    403,
    'Authorization_RequestDenied',
    'Insufficient privileges to complete the operation.',
    'not-permitted',
    'graph.not-permitted',
  ],
  [
    'no credential',
    'GET',
    '/users/u',
    401,
    'InvalidAuthenticationToken',
    'Access token is empty.',
    'not-permitted',
    'graph.unauthenticated',
  ],
  ['throttling', 'PATCH', '/users/u', 429, 'TooManyRequests', 'Too many requests.', 'throttled', 'graph.throttled'],
  ['an outage while reading', 'GET', '/users/u', 503, 'serviceUnavailable', '', 'broken', 'graph.outage'],
  ['an outage while writing', 'PATCH', '/users/u', 503, 'serviceUnavailable', '', 'unknown-outcome', 'graph.outage'],
  ['a bad gateway while writing', 'POST', members, 502, 'BadGateway', '', 'unknown-outcome', 'graph.outage'],
  [
    'an outage that quotes a refusal',
    'POST',
    members,
    500,
    'x',
    'added object references already exist',
    'unknown-outcome',
    'graph.outage',
  ],
  ['a redirect', 'PATCH', '/users/u', 302, '', '', 'refused', 'graph.refused'],
  [
    'anything else',
    'PATCH',
    '/users/u',
    400,
    bad,
    'A value without a type name was found.',
    'refused',
    'graph.refused',
  ],
];

describe('[unit] adapters/graph/classify', () => {
  for (const [name, method, path, status, code, message, kind, reason] of table)
    it(`takes ${name} for ${kind}`, () => {
      const { detail } = failure(method, path, status, code, message);
      expect(detail).to.include({ kind, code: reason, status, requestId: 'service-1', clientRequestId: 'ours-1' });
    });

  it('names the permission that is missing, and the role that an administrator as target takes', () => {
    const denied = (method: Method, path: string) => failure(method, path, 403, '', '').detail.missing;
    expect(denied('GET', '/users/u?$select=id')).to.equal('User.Read.All');
    expect(denied('GET', '/users/u/mailFolders/inbox/messageRules')).to.equal('MailboxSettings.Read');
    expect(denied('DELETE', '/groups/g/members/u/$ref')).to.match(
      /^GroupMember\.ReadWrite\.All; .*directory role of the app/,
    );
    expect(denied('DELETE', '/groups/g/owners/u/$ref')).to.match(/^Group\.ReadWrite\.All;/);
    expect(denied('GET', '/somethingNew')).to.equal(undefined);
  });

  it('names the narrow permission where only the account is blocked', () => {
    const answer: Answer = {
      status: 403,
      body: undefined,
      header: () => undefined,
      requestId: undefined,
      clientRequestId: undefined,
    };
    const patch = (body: object): string | undefined =>
      failureOf({ method: 'PATCH', path: '/users/u', version: 'v1.0', kind: 'write', body }, answer, 0).detail.missing;
    expect(patch({ accountEnabled: false })).to.match(/^User\.EnableDisableAccount\.All and User\.Read\.All/);
    expect(patch({ accountEnabled: false, jobTitle: 'x' })).to.match(/^User\.ReadWrite\.All/);
  });

  it('reads Retry-After as seconds, with a fraction, and as a date against the answer’s own', () => {
    const wait = (headers: object) => failure('GET', '/users', 429, '', '', headers).detail.retryAfterMs;
    expect(wait({ 'retry-after': '7' })).to.equal(7000);
    expect(wait({ 'retry-after': '2.128' })).to.equal(2128);
    expect(wait({ 'retry-after': 'Fri, 20 Nov 2026 10:00:05 GMT', date: 'Fri, 20 Nov 2026 10:00:00 GMT' })).to.equal(
      5000,
    );
    expect(wait({})).to.equal(10_000);
  });

  it('says what was asked and what was answered, without the query', () => {
    const { message } = failure('PATCH', '/users/u?$select=id', 400, bad, 'No.');
    expect(message).to.equal('PATCH /users/u: No. (Request_BadRequest)');
  });
});
