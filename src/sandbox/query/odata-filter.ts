import {
  MalformedExpression,
  parseBoolean,
  type Test,
  type TokenReader,
  unquoted,
} from '#sandbox/query/boolean-grammar';
import type { Json, JsonObject } from '#sandbox/tenant/world';

export interface ODataFilter {
  readonly matches: Test<JsonObject>;
  /** Top-level property names that were used, for the check against the resource. */
  readonly properties: readonly string[];
  /** Operators that Entra answers only with ConsistencyLevel: eventual and $count=true. */
  readonly advanced: readonly string[];
}

const bareLiteral = /^(true|false|null|-?\d+(\.\d+)?|[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\dT[0-9:.]+Z?)$/i;

function literal(reader: TokenReader): Json {
  let token = reader.next();
  const text = unquoted(token);
  if (text !== undefined) return text;
  // A date-time has colons, which are tokens of their own.
  while (/^\d{4}-\d\d-\d\dT/.test(token) && reader.peek() === ':') token += reader.next() + reader.next();
  if (!bareLiteral.test(token)) throw new MalformedExpression(`a literal was expected, found '${token}'`);
  if (token === 'true' || token === 'false') return token === 'true';
  if (token === 'null') return null;
  return /^-?\d+(\.\d+)?$/.test(token) ? Number(token) : token;
}

const lower = (value: Json | undefined): Json => (typeof value === 'string' ? value.toLowerCase() : (value ?? null));

function compare(operator: string, have: Json | undefined, want: Json): boolean {
  if (operator === 'eq') return lower(have) === lower(want);
  if (operator === 'ne') return lower(have) !== lower(want);
  if (have === null || have === undefined || want === null) return false;
  const [left, right] = [String(lower(have)), String(lower(want))];
  if (operator === 'ge') return left >= right;
  if (operator === 'le') return left <= right;
  throw new MalformedExpression(`operator '${operator}' is unknown`);
}

/** The value at `a/b`. */
function valueAt(candidate: JsonObject, path: string): Json | undefined {
  let value: Json | undefined = candidate;
  for (const name of path.split('/')) {
    value =
      typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject)[name] : undefined;
  }
  return value;
}

/**
 * An OData `$filter`, as far as Entra's directory objects take one: eq, ne, ge, le, in, startswith, endswith, any, and, or,
 * not, parentheses. Comparison ignores case, as Entra's does.
 *
 * @throws MalformedExpression
 */
export function parseODataFilter(text: string): ODataFilter {
  const properties: string[] = [];
  const advanced: string[] = /(^|[\s(])not[\s(]/i.test(text) ? ['NOT'] : [];
  const wanted = (reader: TokenReader, mark: string): void => {
    if (!reader.take(mark)) throw new MalformedExpression(`'${mark}' expected, found '${reader.peek()}'`);
  };
  const textFunction = (reader: TokenReader, name: string): Test<JsonObject> => {
    wanted(reader, '(');
    const path = reader.next();
    wanted(reader, ',');
    const want = String(lower(literal(reader)));
    wanted(reader, ')');
    properties.push(path);
    if (name === 'endswith') advanced.push('endsWith');
    const test = (have: string): boolean => (name === 'startswith' ? have.startsWith(want) : have.endsWith(want));
    return (candidate) => test(String(lower(valueAt(candidate, path)) ?? ''));
  };
  const any = (reader: TokenReader, path: string): Test<JsonObject> => {
    wanted(reader, '(');
    const variable = reader.next();
    wanted(reader, ':');
    const inner = reader.next();
    const operator = reader.next().toLowerCase();
    const want = literal(reader);
    wanted(reader, ')');
    properties.push(path);
    const memberPath = inner === variable ? undefined : inner.slice(variable.length + 1);
    const value = (item: Json): Json | undefined => (memberPath ? valueAt(item as JsonObject, memberPath) : item);
    return (candidate) => {
      const list = candidate[path];
      return Array.isArray(list) && list.some((item) => compare(operator, value(item), want));
    };
  };
  const membership = (reader: TokenReader, path: string): Test<JsonObject> => {
    wanted(reader, '(');
    const values = [lower(literal(reader))];
    while (reader.take(',')) values.push(lower(literal(reader)));
    wanted(reader, ')');
    return (candidate) => values.includes(lower(valueAt(candidate, path)));
  };
  const matches = parseBoolean<JsonObject>(text, '', (reader) => {
    const name = reader.next();
    const word = name.toLowerCase();
    if (word === 'startswith' || word === 'endswith') return textFunction(reader, word);
    if (name.endsWith('/any')) return any(reader, name.slice(0, -'/any'.length));
    properties.push(name);
    const operator = reader.next().toLowerCase();
    if (operator === 'in') return membership(reader, name);
    if (operator === 'ne') advanced.push('ne');
    const want = literal(reader);
    compare(operator, '', want);
    return (candidate) => compare(operator, valueAt(candidate, name), want);
  });
  return { matches, properties: properties.map((path) => path.split('/')[0] ?? path), advanced };
}
