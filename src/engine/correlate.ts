import { sha256Hex } from '#domain/canonical';
import type { ChangeRecord } from '#domain/change';
import type { StepContext } from '#engine/step';

/**
 * The client-request-id of one attempt at one change: on the record before anything is sent, and the same after a crash, so that
 * Microsoft's log and ours name the same request (attempts count anew after a Retry, so the time is in it). A UUID of version 8 (RFC 9562) made of a hash; no key against repetition, Graph has none.
 */
export function attemptId({ tenantId, caseId, change, attempt, appliedAt }: ChangeRecord): string {
  const hex = sha256Hex(`${tenantId}/${caseId}/${change.key}/${attempt}/${appliedAt}`);
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** What a step sends through this context carries the id; its reads keep ids of their own. */
export function correlated(ctx: StepContext, clientRequestId: string): StepContext {
  const { graph, exchange } = ctx;
  return {
    ...ctx,
    graph: {
      get: (path, shape, options) => graph.get(path, shape, options),
      list: (path, shape, options) => graph.list(path, shape, options),
      post: (path, body, shape, options) => graph.post(path, body, shape, { ...options, clientRequestId }),
      patch: (path, body, options) => graph.patch(path, body, { ...options, clientRequestId }),
      put: (path, body, options) => graph.put(path, body, { ...options, clientRequestId }),
      delete: (path, options) => graph.delete(path, { ...options, clientRequestId }),
    },
    exchange: {
      invoke: (cmdlet, parameters, shape, options) =>
        exchange.invoke(cmdlet, parameters, shape, /^get-/i.test(cmdlet) ? options : { ...options, clientRequestId }),
    },
  };
}
