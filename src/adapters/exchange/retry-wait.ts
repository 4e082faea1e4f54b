import type { CmdletAnswer, CmdletCall, ExchangeSettings } from '#adapters/exchange/exchange-settings';

const transient: ReadonlySet<number> = new Set([500, 502, 503, 504]);
const firstBackoffMs = 400;

/** What the answer's `Retry-After` says, in ms: seconds, or a date read against the answer's own. */
export function askedWaitMs(answer: CmdletAnswer, machineNow: number): number | undefined {
  const value = answer.header('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
  const until = Date.parse(value);
  const sent = Date.parse(answer.header('date') ?? '');
  return Number.isNaN(until) ? undefined : Math.max(0, until - (Number.isNaN(sent) ? machineNow : sent));
}

/**
 * How long to wait before the next try; undefined: no more tries here. A throttled call was not carried out, so it may go again
 * whatever it is; anything else only when it merely reads.
 */
export function retryWaitMs(
  settings: ExchangeSettings,
  call: CmdletCall,
  attempt: number,
  answer: CmdletAnswer | undefined,
): number | undefined {
  const shortWaitMs = settings.shortWaitMs ?? 2000;
  const again = answer?.status === 429 || (call.kind === 'read' && (!answer || transient.has(answer.status)));
  if (!again || attempt >= (settings.retries ?? 3)) return undefined;
  const asked = answer && askedWaitMs(answer, settings.clock.machineNow());
  if (asked === undefined)
    return Math.min(firstBackoffMs * 2 ** attempt, shortWaitMs) * (0.5 + settings.random.fraction() / 2);
  return asked <= shortWaitMs ? asked + settings.random.fraction() * 100 : undefined;
}
