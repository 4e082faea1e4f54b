import { Refusal } from '#sandbox/http/answers';
import { type Call, isAdvanced } from '#sandbox/http/call';
import { MalformedExpression } from '#sandbox/query/boolean-grammar';
import { type ODataFilter, parseODataFilter } from '#sandbox/query/odata-filter';
import type { JsonObject } from '#sandbox/tenant/world';

const unsupported = (message: string): Refusal => new Refusal(400, 'Request_UnsupportedQuery', message);

function parse(text: string): ODataFilter {
  try {
    return parseODataFilter(text);
  } catch (error) {
    if (!(error instanceof MalformedExpression)) throw error;
    throw new Refusal(400, 'BadRequest', `Invalid filter clause: ${error.message}`);
  }
}

/** Entra takes ne, not, endsWith, and $filter with $orderby only as advanced queries. */
function checkAdvanced(call: Call, filter: ODataFilter | undefined): void {
  const counted = call.query.get('$count') === 'true';
  if (counted && !isAdvanced(call)) {
    throw unsupported("$count is not currently supported without the 'ConsistencyLevel:eventual' header.");
  }
  if (isAdvanced(call) && counted) return;
  const operator = filter?.advanced[0];
  if (operator !== undefined) {
    throw unsupported(
      `Operator '${operator}' is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information`,
    );
  }
  if (filter !== undefined && call.query.get('$orderby') !== null) {
    throw unsupported('Sorting not supported for current query.');
  }
}

/**
 * `$filter` and `$orderby` on directory objects, with Entra's rules for advanced queries.
 * https://learn.microsoft.com/graph/aad-advanced-queries
 */
export function narrow(
  call: Call,
  items: readonly JsonObject[],
  filterable: readonly string[],
  type: string,
): readonly JsonObject[] {
  const text = call.query.get('$filter');
  const filter = text === null ? undefined : parse(text);
  checkAdvanced(call, filter);
  const stranger = filter?.properties.find((name) => !filterable.includes(name));
  if (stranger !== undefined) {
    throw unsupported(
      `Unsupported or invalid query filter clause specified for property '${stranger}' of resource '${type}'.`,
    );
  }
  const found = filter === undefined ? items : items.filter(filter.matches);
  const order = call.query.get('$orderby');
  if (order === null) return found;
  const [name = '', direction = 'asc'] = order.split(/\s+/);
  const sign = direction === 'desc' ? -1 : 1;
  return [...found].sort((one, other) => sign * String(one[name] ?? '').localeCompare(String(other[name] ?? '')));
}
