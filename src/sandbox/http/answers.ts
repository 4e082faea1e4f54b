import type { Json, JsonObject } from '#sandbox/tenant/world';

export interface Answer {
  readonly status: number;
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
  /** What was asked for and is not served, where the real service's own error is answered instead of a 501. */
  readonly unserved?: string;
}

export const noContent: Answer = { status: 204 };

export const ok = (body: Json): Answer => ({ status: 200, body });

export const created = (body: Json): Answer => ({ status: 201, body });

/** An answer that ends a handler: thrown where the reason is found, written out by the dispatcher. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** The connection is closed without an answer. */
export class ConnectionDropped extends Error {
  readonly moment: 'before' | 'after';
  constructor(moment: 'before' | 'after') {
    super(`connection closed ${moment} applying`);
    this.moment = moment;
  }
}

/** What the real service may well answer and this one does not know: 501, and listed by /_sandbox/unsupported. */
export function notServed(what: string): Refusal {
  return new Refusal(501, 'NotImplementedInSandbox', `The sandbox does not serve ${what}.`);
}

export const badRequest = (message: string): Refusal => new Refusal(400, 'Request_BadRequest', message);

/** Entra's 404: also what a replica says that has not heard of a new object yet. */
export function resourceNotFound(id: string): Refusal {
  return new Refusal(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

export const insufficientPrivileges = (): Refusal =>
  new Refusal(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');

/** The error body of Graph. `date` is written without a zone, as the real one does. */
export function graphErrorBody(refusal: Refusal, requestId: string, clientRequestId: string, now: Date): JsonObject {
  return {
    error: {
      code: refusal.code,
      message: refusal.message,
      innerError: {
        date: now.toISOString().slice(0, 19),
        'request-id': requestId,
        'client-request-id': clientRequestId,
      },
    },
  };
}
