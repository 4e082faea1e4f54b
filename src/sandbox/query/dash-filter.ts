import {
  MalformedExpression,
  parseBoolean,
  type Test,
  type TokenReader,
  unquoted,
} from '#sandbox/query/boolean-grammar';
import type { Json, JsonObject } from '#sandbox/tenant/world';

function literal(reader: TokenReader): string | boolean | null {
  const token = reader.next();
  const text = unquoted(token);
  if (text !== undefined) return text;
  const word = token.toLowerCase().replace(/^\$/, '');
  if (word === 'true' || word === 'false') return word === 'true';
  if (word === 'null') return null;
  throw new MalformedExpression(`a value was expected, found '${token}'`);
}

const lower = (value: Json | undefined): Json | undefined => (typeof value === 'string' ? value.toLowerCase() : value);

const comparisons: Readonly<Record<string, (have: Json | undefined, want: string | boolean | null) => boolean>> = {
  '-eq': (have, want) =>
    Array.isArray(have) ? have.some((item) => lower(item) === lower(want)) : (lower(have) ?? null) === lower(want),
  '-ne': (have, want) => (lower(have) ?? null) !== lower(want),
  '-startswith': (have, want) => String(lower(have) ?? '').startsWith(String(lower(want))),
  '-contains': (have, want) => String(lower(have) ?? '').includes(String(lower(want))),
};

/**
 * Filters in PowerShell's spelling, `(user.department -eq "IT") and (user.accountEnabled -eq true)` of dynamic membership
 * rules and `EmailAddresses -eq 'smtp:a@b'` of Exchange, as a test on an object's properties.
 *
 * @throws MalformedExpression for an operator or a value that this grammar does not have.
 */
export function parseDashFilter(text: string, dash: '' | '-'): Test<JsonObject> {
  return parseBoolean<JsonObject>(text, dash, (reader) => {
    const name = reader.next().replace(/^user\./, '');
    const operator = reader.next().toLowerCase();
    const compare = comparisons[operator];
    if (compare === undefined) throw new MalformedExpression(`operator '${operator}' is unknown in: ${text}`);
    const want = literal(reader);
    return (properties) => compare(properties[name], want);
  });
}
