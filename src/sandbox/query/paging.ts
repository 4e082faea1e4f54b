import { badRequest } from '#sandbox/http/answers';
import { type Call, isAdvanced } from '#sandbox/http/call';
import type { JsonObject } from '#sandbox/tenant/world';

/** Links name the real host whatever address the caller used: they are to be followed by path and query. */
const graphOrigin = 'https://graph.microsoft.com';
const largestPage = 999;

function pageSize(call: Call): number {
  const top = call.query.get('$top');
  if (top === null) return call.tenant.dials().pageSize;
  const size = Number(top);
  if (!Number.isInteger(size) || size < 1 || size > largestPage) {
    throw badRequest(`Invalid page size specified: '${top}'. Must be between 1 and ${largestPage} inclusive.`);
  }
  return size;
}

function startOf(call: Call): number {
  const token = call.query.get('$skiptoken');
  if (token === null) return 0;
  const start = Number(
    Buffer.from(token, 'base64url')
      .toString('utf8')
      .replace(/^from:/, ''),
  );
  if (!Number.isInteger(start) || start < 0) throw badRequest('Invalid $skiptoken.');
  return start;
}

/** A collection answer: this page, the count when it was asked for, and the link to the next page. */
export function page(call: Call, context: string, items: readonly JsonObject[]): JsonObject {
  const start = startOf(call);
  const end = start + pageSize(call);
  const count = call.query.get('$count') === 'true' && isAdvanced(call) ? { '@odata.count': items.length } : {};
  const body = { '@odata.context': `${graphOrigin}/${call.version}/$metadata#${context}`, ...count };
  if (end >= items.length) return { ...body, value: items.slice(start) };
  const next = new URLSearchParams(call.query);
  next.set('$skiptoken', Buffer.from(`from:${end}`).toString('base64url'));
  const query = next.toString().replaceAll('%24', '$');
  // Each segment by itself: a guest's UPN has a '#' in it.
  const path = call.path.split('/').map(encodeURIComponent).join('/').replaceAll('%24', '$').replaceAll('%40', '@');
  return {
    ...body,
    '@odata.nextLink': `${graphOrigin}/${call.version}${path}?${query}`,
    value: items.slice(start, end),
  };
}

/** The context of a single entity. */
export function entity(call: Call, context: string, body: JsonObject): JsonObject {
  return { '@odata.context': `${graphOrigin}/${call.version}/$metadata#${context}`, ...body };
}
