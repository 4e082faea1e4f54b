import { notServed } from '#sandbox/http/answers';
import type { Tenant } from '#sandbox/tenant/tenant';
import type { Json, JsonObject, World } from '#sandbox/tenant/world';

/** One request as handlers see it: from the wire or out of a $batch. */
export interface Call {
  readonly tenant: Tenant;
  readonly method: string;
  /** Path below the version, decoded segments joined: `/users/…`. */
  readonly path: string;
  /** `v1.0` or `beta`; empty for Exchange and sign-in. */
  readonly version: string;
  readonly query: URLSearchParams;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json | undefined;
  readonly host: string;
}

export interface RoutedCall extends Call {
  readonly params: Readonly<Record<string, string>>;
}

/** A captured path segment. Routes are written with the names that their handlers ask for. */
export function param(call: RoutedCall, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Error(`route without :${name}`);
  return value;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const bodyObject = (call: Call): JsonObject => (isObject(call.body) ? call.body : {});

export const isAdvanced = (call: Call): boolean => call.headers['consistencylevel']?.toLowerCase() === 'eventual';

/** The directory as this read sees it; advanced queries run on an index that is further behind. */
export const directoryView = (call: Call): World => call.tenant.view(isAdvanced(call) ? 'index' : 'directory');

/** Refuses query options that the real service takes here and the sandbox would have to ignore. */
export function allowQuery(call: Call, ...allowed: readonly string[]): void {
  for (const name of call.query.keys()) {
    if (name.startsWith('$') && !allowed.includes(name)) throw notServed(`${name} on ${call.method} ${call.path}`);
  }
}
