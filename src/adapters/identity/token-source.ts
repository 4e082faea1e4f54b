import { type Credential, createCredential } from '#adapters/identity/credential';
import type { CredentialSettings } from '#adapters/identity/credential-settings';
import { tokenFailure } from '#adapters/identity/token-failure';

export interface TokenSource {
  /** A bearer token for `https://host/.default`. Throws `Failure`. */
  token(scope: string): Promise<string>;
  /** After a 401: the next `token` asks the authority. */
  forget(scope: string): void;
}

/** Tokens are left unused for their last minutes, so that none ends while a request is on its way. */
const marginMs = 5 * 60_000;

interface Kept {
  readonly token: string;
  /** machineNow from which it is not handed out any more. */
  readonly until: number;
}

/**
 * Application tokens, kept until shortly before they end; callers who ask at the same time share one question. Each question goes
 * through a credential of its own, whose cache is empty: the library would hand out again what was just turned down.
 * Throws at once when the settings name no usable credential.
 */
export function tokenSource(settings: CredentialSettings): TokenSource {
  let credential: Credential | undefined = createCredential(settings);
  const kept = new Map<string, Kept>();
  const asking = new Map<string, Promise<Kept>>();

  async function ask(scope: string): Promise<Kept> {
    const from = credential ?? createCredential(settings);
    credential = undefined;
    const started = settings.clock.machineNow();
    const answer = await from.getToken(scope).catch((error: unknown) => {
      throw tokenFailure(error);
    });
    if (!answer) throw tokenFailure(new Error('the authority answered without a token'));
    const life = answer.expiresOnTimestamp - started;
    return { token: answer.token, until: started + Math.max(life - marginMs, life / 2) };
  }

  return {
    async token(scope) {
      const have = kept.get(scope);
      if (have && have.until > settings.clock.machineNow()) return have.token;
      const running = asking.get(scope) ?? ask(scope);
      asking.set(scope, running);
      try {
        const got = await running;
        if (asking.get(scope) === running) kept.set(scope, got);
        return got.token;
      } finally {
        if (asking.get(scope) === running) asking.delete(scope);
      }
    },
    forget(scope) {
      kept.delete(scope);
      asking.delete(scope);
    },
  };
}
