import pLimit from 'p-limit';
import { z } from 'zod';
import { anchorOf } from '#adapters/exchange/anchor';
import { cmdletFailure, unexpectedResult } from '#adapters/exchange/cmdlet-failure';
import type { CmdletAnswer, CmdletCall, ExchangeSettings } from '#adapters/exchange/exchange-settings';
import { exchangeOrigin } from '#adapters/exchange/origin';
import { askedWaitMs, retryWaitMs } from '#adapters/exchange/retry-wait';
import { sendCmdlet } from '#adapters/exchange/send-cmdlet';
import { Failure, isFailure } from '#domain/failure';
import type { Exchange, ExchangeAnswer } from '#engine/ports/exchange';
import type { Shape } from '#engine/ports/graph';

const defaultWidth = 4;

const pageShape = z.object({
  value: z.array(z.unknown()).default([]),
  '@odata.nextLink': z.string().optional(),
  '@adminapi.warnings': z.array(z.string()).default([]),
});
type Page = z.output<typeof pageShape>;

/**
 * Exchange Online cmdlets through `InvokeCommand`, as Microsoft's own PowerShell module calls them. The endpoint is not part of a
 * published contract, which is why it stands behind the port alone.
 */
export function createExchange(settings: ExchangeSettings): Exchange {
  const origin = exchangeOrigin(settings.baseUrl, settings.sandbox);
  const limit = pLimit(settings.width ?? defaultWidth);
  return {
    invoke(cmdlet, parameters, shape, options) {
      const select = options?.select ? `?$select=${options.select.map(encodeURIComponent).join(',')}` : '';
      const first: CmdletCall = {
        cmdlet,
        url: `${origin}/adminapi/beta/${settings.tenantId}/InvokeCommand${select}`,
        anchor: anchorOf(options?.anchor, settings.tenantId),
        body: JSON.stringify({ CmdletInput: { CmdletName: cmdlet, Parameters: parameters } }),
        kind: /^get-/i.test(cmdlet) ? 'read' : 'write',
        ...(options?.clientRequestId ? { clientRequestId: options.clientRequestId } : {}),
      };
      return limit(() => allPages(settings, origin, first, shape));
    },
  };
}

/** A later page is asked for with the same body at the address the link gives, on our own origin whatever host it names. */
async function allPages<T>(
  settings: ExchangeSettings,
  origin: string,
  first: CmdletCall,
  shape: Shape<T>,
): Promise<ExchangeAnswer<T>> {
  const value: T[] = [];
  const warnings: string[] = [];
  const seen = new Set<string>();
  for (let call: CmdletCall | undefined = first; call; ) {
    seen.add(call.url);
    const answer = await patiently(settings, call);
    const page: Page = parsed(call, answer, pageShape, answer.body ?? {});
    for (const item of page.value) value.push(parsed(call, answer, shape, item));
    warnings.push(...page['@adminapi.warnings']);
    call = following(origin, call, page['@odata.nextLink'], seen);
  }
  return { value, warnings };
}

function following(
  origin: string,
  call: CmdletCall,
  link: string | undefined,
  seen: ReadonlySet<string>,
): CmdletCall | undefined {
  if (link === undefined) return undefined;
  const url = URL.canParse(link, origin) ? new URL(link, origin) : undefined;
  const next = url && `${origin}${url.pathname}${url.search}`;
  if (!next || seen.has(next))
    throw new Failure(`Exchange gave a next page of ${call.cmdlet} that leads nowhere`, {
      kind: call.kind === 'read' ? 'broken' : 'unknown-outcome',
      code: 'exchange.bad-next-page',
    });
  return { ...call, url: next };
}

async function patiently(settings: ExchangeSettings, call: CmdletCall): Promise<CmdletAnswer> {
  for (let attempt = 0; ; attempt += 1) {
    const { answer, failure } = await tryOnce(settings, call);
    if (answer && answer.status >= 200 && answer.status < 300) return answer;
    const said = answer && cmdletFailure(call, answer, askedWaitMs(answer, settings.clock.machineNow()));
    const wait = mayPass(failure ?? said) ? retryWaitMs(settings, call, attempt, answer) : undefined;
    if (wait === undefined) throw failure ?? said;
    await settings.clock.wait(wait);
  }
}

/** A 500 that carries a refusal is an answer, not an outage. */
function mayPass(failure: Failure | undefined): boolean {
  return isFailure(failure, 'broken') || isFailure(failure, 'throttled');
}

type Tried =
  | { readonly answer: CmdletAnswer; readonly failure?: undefined }
  | { readonly answer?: undefined; readonly failure: Failure };

/** One try; a 401 was not carried out, so it is repeated once with a token that was asked for anew. */
async function tryOnce(settings: ExchangeSettings, call: CmdletCall): Promise<Tried> {
  const scope = settings.scope ?? `${new URL(settings.baseUrl).origin}/.default`;
  try {
    const answer = await sendCmdlet(settings, call, await tokenFor(settings, scope));
    if (answer.status !== 401) return { answer };
    settings.tokens.forget(scope);
    return { answer: await sendCmdlet(settings, call, await tokenFor(settings, scope)) };
  } catch (error) {
    if (error instanceof Failure) return { failure: error };
    throw error;
  }
}

async function tokenFor(settings: ExchangeSettings, scope: string): Promise<string> {
  try {
    return await settings.tokens.token(scope);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(
      'no token for Exchange could be had; nothing was sent',
      { kind: 'broken', code: 'exchange.no-token' },
      { cause: error },
    );
  }
}

function parsed<T>(call: CmdletCall, answer: CmdletAnswer, shape: Shape<T>, value: unknown): T {
  try {
    return shape.parse(value);
  } catch (error) {
    throw unexpectedResult(call, answer, error);
  }
}
