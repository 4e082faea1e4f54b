import type { Json } from '#domain/json';
import type { Shape } from '#engine/ports/graph';

export interface ExchangeOptions {
  /** The mailbox the call is about (its object id or userPrincipalName): sent as X-AnchorMailbox. None: the organisation's. */
  readonly anchor?: string;
  /** Properties to return; none: all. */
  readonly select?: readonly string[];
  /** Sent as client-request-id on every try; the journal keeps it. None: a fresh one each time. */
  readonly clientRequestId?: string;
}

export interface ExchangeAnswer<T> {
  readonly value: readonly T[];
  /** Exchange reports no-ops as warnings: "completed successfully but no settings … have been modified". */
  readonly warnings: readonly string[];
}

/** Exchange Online cmdlets over its admin REST endpoint. Pages are followed. Throws `Failure` and nothing else. */
export interface Exchange {
  invoke<T>(
    cmdlet: string,
    parameters: { readonly [name: string]: Json },
    shape: Shape<T>,
    options?: ExchangeOptions,
  ): Promise<ExchangeAnswer<T>>;
}
