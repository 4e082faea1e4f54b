import { type GraphError, graphErrors } from './graph-errors.js';

const members = '/groups/g/members/$ref';

/** What the service says whatever it is asked about. */
const answers: readonly GraphError[] = [
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
    'Request_BadRequest',
    'A value without a type name was found.',
    'refused',
    'graph.refused',
  ],
];

export const allGraphErrors: readonly GraphError[] = [...graphErrors, ...answers];
