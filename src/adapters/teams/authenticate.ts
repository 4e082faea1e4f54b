import type { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { z } from 'zod';

export type Authentication = Parameters<CloudAdapter['processActivityDirect']>[0];

export type AuthenticateResult =
  | { readonly ok: true; readonly authentication: Authentication }
  | { readonly ok: false; readonly status: 401 | 503; readonly cause: unknown };

export interface AuthenticateOptions {
  readonly sdk: ConfigurationBotFrameworkAuthentication;
  readonly issuer: string;
  /** False only where the bot was allowed to start without an app id. */
  readonly tokensRequired: boolean;
}

const refusal = z.object({ name: z.string().optional(), statusCode: z.unknown().optional() });
const tokenErrors: readonly string[] = ['JsonWebTokenError', 'TokenExpiredError', 'NotBeforeError'];

/**
 * The SDK's check of the bearer token, and one thing it leaves open: it also takes tokens that the bot's own credentials can obtain
 * from Entra ("emulator" tokens), for which it does not compare the serviceUrl. Only the channel's issuer is taken here.
 */
export async function authenticate(
  body: object,
  header: string | undefined,
  options: AuthenticateOptions,
): Promise<AuthenticateResult> {
  try {
    type Activity = Parameters<ConfigurationBotFrameworkAuthentication['authenticateRequest']>[0];
    const result = await options.sdk.authenticateRequest(body as Activity, header ?? '');
    if (options.tokensRequired && result.claimsIdentity.getClaimValue('iss') !== options.issuer) {
      return { ok: false, status: 401, cause: new Error('the token was not issued by the channel') };
    }
    return { ok: true, authentication: result };
  } catch (cause) {
    return { ok: false, status: isRefusal(cause) ? 401 : 503, cause };
  }
}

/** Anything but a verdict on the token (the signing keys could not be fetched) says nothing about the sender: they may try again. */
function isRefusal(error: unknown): boolean {
  const read = refusal.safeParse(error);
  if (!read.success) return false;
  return read.data.statusCode === 401 || read.data.statusCode === 403 || tokenErrors.includes(read.data.name ?? '');
}
