import { canonicalJson } from '#domain/canonical';
import type { Json } from '#domain/json';

/** One value that is not the same on both sides; a side that has none lacks the member. */
export interface ValueDifference {
  /** `leaver.handOver.onSilence`, `sites[London].endOfDay`, `protectedAccounts.userIds[]` for one element of a long list. */
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
}

type Members = Readonly<Record<string, Json | undefined>>;

/** A list so long is told element by element: nobody finds the one that was added among fifty. */
const shortList = 8;

/** What tells the elements of a list apart, so that one put in front does not make all others look changed. */
const names = ['id', 'stepId', 'name', 'userId'] as const;

/**
 * What changed between two values, in the order of their members, one entry for each single value. A group reference (`id` and
 * `name`, nothing else) is one value. Everything that differs is told: no entry means that both are the same.
 */
export function valueDifferences(
  before: Json | undefined,
  after: Json | undefined,
  path = '',
): readonly ValueDifference[] {
  if (isSame(before, after)) return [];
  if (isMembers(before) && isMembers(after) && !isReference(before) && !isReference(after))
    return memberDifferences(before, after, path);
  if (isList(before) && isList(after)) {
    const name = nameOfElements([...before, ...after]);
    if (name && isUnique(before, name) && isUnique(after, name))
      return memberDifferences(byName(before, name), byName(after, name), path, true);
    if (before.length + after.length > shortList * 2) return elementDifferences(before, after, path);
  }
  return [{ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
}

function memberDifferences(
  before: Members,
  after: Members,
  path: string,
  isElement = false,
): readonly ValueDifference[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const inside = (key: string) => (isElement ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`);
  const found = keys.flatMap((key) => valueDifferences(before[key], after[key], inside(key)));
  const common = (of: Members, other: Members) => Object.keys(of).filter((key) => key in other);
  const [was, is] = [common(before, after), common(after, before)];
  // The same elements in another order: of a rota, for one, that is the meaning. Members of an object have none.
  return isElement && !isSame(was, is) ? [...found, { path: `${path} (order)`, before: was, after: is }] : found;
}

function elementDifferences(before: readonly Json[], after: readonly Json[], path: string): readonly ValueDifference[] {
  const less = (from: readonly Json[], other: readonly Json[]) => {
    const left = other.map(canonicalJson);
    return from.filter((value) => {
      const at = left.indexOf(canonicalJson(value));
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  };
  const found = [
    ...less(before, after).map((value) => ({ path: `${path}[]`, before: value })),
    ...less(after, before).map((value) => ({ path: `${path}[]`, after: value })),
  ];
  return found.length > 0 ? found : [{ path: `${path} (order)`, before, after }];
}

function isSame(a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonicalJson(a) === canonicalJson(b);
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isMembers(value: Json | undefined): value is Members {
  return typeof value === 'object' && value !== null && !isList(value);
}

function isReference(value: Members): boolean {
  return Object.keys(value).length === 2 && 'id' in value && 'name' in value;
}

function nameOfElements(elements: readonly Json[]): string | undefined {
  return names.find((name) => elements.every((element) => isMembers(element) && typeof element[name] === 'string'));
}

function isUnique(list: readonly Json[], name: string): boolean {
  return Object.keys(byName(list, name)).length === list.length;
}

function byName(list: readonly Json[], name: string): Members {
  return Object.fromEntries(list.map((element) => [isMembers(element) ? String(element[name]) : '', element]));
}
