import { Refusal } from '#sandbox/http/answers';
import type { Json, JsonObject } from '#sandbox/tenant/world';

/** The comma list of a query option, or undefined when it is absent. */
export function listOption(query: URLSearchParams, name: string): readonly string[] | undefined {
  const text = query.get(name);
  if (text === null || text.trim() === '') return undefined;
  return text.split(',').map((item) => item.trim());
}

/** Refuses property names that the type does not have, in the words of the real service. */
export function checkNames(names: readonly string[], known: readonly string[], type: string): void {
  const stranger = names.find((name) => !known.includes(name));
  if (stranger === undefined) return;
  throw new Refusal(
    400,
    'BadRequest',
    `Parsing OData Select and Expand failed: Could not find a property named '${stranger}' on type 'microsoft.graph.${type}'.`,
  );
}

/** The chosen properties; a property that the type has and this object does not is null, as Graph answers it. */
export function pick(full: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name): [string, Json] => [name, full[name] ?? null]));
}
