/** A request below the version, before it is on the wire. */
export interface WireCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly version: 'v1.0' | 'beta';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** What losing the answer means; a `$batch` of GETs is a read. */
  readonly kind: 'read' | 'write';
  readonly batchSize?: number;
  /** The caller's; none: a fresh one for each try. */
  readonly clientRequestId?: string;
}

/** What came back, of a request or of one item of a batch. */
export interface Answer {
  readonly status: number;
  /** Parsed JSON; undefined when the answer had no body. */
  readonly body: unknown;
  readonly header: (name: string) => string | undefined;
  readonly requestId: string | undefined;
  readonly clientRequestId: string | undefined;
}

/** Travels with a request through the client's middleware, found by its class as the client wants it. */
export class CallOption {
  readonly call: WireCall;
  /** The id of the latest try, for failures and the journal. */
  clientRequestId: string | undefined;

  constructor(call: WireCall) {
    this.call = call;
  }
}
