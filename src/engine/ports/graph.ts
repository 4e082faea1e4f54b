import type { Json } from '#domain/json';

/** Parses an answer into what the caller relies on, or throws; zod schemas fit. */
export interface Shape<T> {
  parse(value: unknown): T;
}

export interface GraphOptions {
  /** Part of Graph that is not in v1.0 yet. */
  readonly beta?: boolean;
  /** Advanced queries: sends `ConsistencyLevel: eventual`. Never for a read-back, its index is staler than a plain read. */
  readonly eventual?: boolean;
  /** Sent as client-request-id on every try; the journal keeps it. None: a fresh one each time. */
  readonly clientRequestId?: string;
}

/**
 * Microsoft Graph as steps see it: paths below the version (`/users/{id}?$select=accountEnabled`), answers parsed by the shape
 * given. Every method throws `Failure` (domain/failure) and nothing else. Reads issued in the same turn share a `$batch`;
 * writes go singly. A write whose answer was lost throws `unknown-outcome`.
 */
export interface Graph {
  get<T>(path: string, shape: Shape<T>, options?: GraphOptions): Promise<T>;
  /** Follows paging to the end; `shape` parses one item. */
  list<T>(path: string, shape: Shape<T>, options?: GraphOptions): Promise<readonly T[]>;
  post<T>(path: string, body: Json, shape: Shape<T>, options?: GraphOptions): Promise<T>;
  patch(path: string, body: Json, options?: GraphOptions): Promise<void>;
  put(path: string, body: Json, options?: GraphOptions): Promise<void>;
  delete(path: string, options?: GraphOptions): Promise<void>;
}
