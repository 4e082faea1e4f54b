import { expect } from 'chai';
import { failureOf } from '#adapters/graph/classify';
import type { Answer, WireCall } from '#adapters/graph/wire-call';
import { allGraphErrors } from './all-graph-errors.js';

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

describe('[unit] adapters/graph/classify', () => {
  for (const [name, method, path, status, code, message, kind, reason] of allGraphErrors)
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
    const { message } = failure('PATCH', '/users/u?$select=id', 400, 'Request_BadRequest', 'No.');
    expect(message).to.equal('PATCH /users/u: No. (Request_BadRequest)');
  });
});
