import type { Clock } from '#engine/ports/clock';
import type { Random } from '#engine/ports/random';

/** Bearer tokens by scope; `forget` makes the next `token` ask the authority again. */
export interface Tokens {
  token(scope: string): Promise<string>;
  forget(scope: string): void;
}

/** One cmdlet call as it went over the wire, for metrics; pages and retries are reported each. */
export interface CmdletInfo {
  readonly cmdlet: string;
  /** undefined: no answer came. */
  readonly status: number | undefined;
  readonly durationMs: number;
  readonly clientRequestId: string;
  readonly requestId: string | undefined;
}

export interface ExchangeSettings {
  /** Origin: `https://outlook.office365.com`, a national cloud's, a proxy's or the sandbox's. */
  readonly baseUrl: string;
  readonly tenantId: string;
  /** Allows plain http on loopback. */
  readonly sandbox: boolean;
  readonly tokens: Tokens;
  readonly clock: Clock;
  readonly random: Random;
  /** Default: `.default` of the base URL. */
  readonly scope?: string;
  /** Default 60 000: converting a mailbox takes its time. */
  readonly timeoutMs?: number;
  /** Waits up to this long happen here; longer ones are thrown as `throttled`. Default 2000. */
  readonly shortWaitMs?: number;
  /** How often a `Get-` cmdlet, or one that was throttled, is tried again. Default 3. */
  readonly retries?: number;
  /** Calls under way side by side. Default 4. */
  readonly width?: number;
  readonly onRequest?: (info: CmdletInfo) => void;
}

/** One request to InvokeCommand: the first page of a cmdlet's answer or a later one. */
export interface CmdletCall {
  readonly cmdlet: string;
  readonly url: string;
  readonly anchor: string;
  readonly body: string;
  /** A `Get-` cmdlet changes nothing. */
  readonly kind: 'read' | 'write';
  /** The caller's; none: a fresh one for each try. */
  readonly clientRequestId?: string;
}

export interface CmdletAnswer {
  readonly status: number;
  /** Parsed JSON, else the text as it came. */
  readonly body: unknown;
  readonly header: (name: string) => string | undefined;
  readonly clientRequestId: string;
}
