import { type Context, GraphClientError, type Middleware } from '@microsoft/microsoft-graph-client';
import { CallOption, type WireCall } from '#adapters/graph/wire-call';
import type { Failure } from '#domain/failure';

export type Next = (context: Context) => Promise<void>;

/** One link of the client's middleware chain, as a function. */
export function link(run: (context: Context, next: Next) => Promise<void>): Middleware {
  let following: Middleware | undefined;
  return {
    setNext(next) {
      following = next;
    },
    execute: (context) =>
      run(context, async (passed) => {
        if (!following) throw new Error('the last link of the Graph chain has nothing to pass a request to');
        await following.execute(passed);
      }),
  };
}

export function callOf(context: Context): WireCall {
  return optionOf(context).call;
}

export function optionOf(context: Context): CallOption {
  const option = context.middlewareControl?.getMiddlewareOptions(CallOption);
  if (!(option instanceof CallOption)) throw new Error('a Graph request went into the chain without saying what it is');
  return option;
}

export function urlOf(context: Context): string {
  return typeof context.request === 'string' ? context.request : context.request.url;
}

export function setHeader(context: Context, name: string, value: string): void {
  context.options = { ...context.options, headers: { ...headersOf(context), [name]: value } };
}

export function headersOf(context: Context): Record<string, string> {
  return Object.fromEntries(new Headers(context.options?.headers));
}

/** The client wraps whatever a link throws, except its own errors: so a failure travels inside one. */
export function carried(failure: Failure): GraphClientError {
  const error = new GraphClientError(failure.message);
  error.customError = failure;
  return error;
}
