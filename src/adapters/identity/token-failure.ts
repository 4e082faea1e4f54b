import { AuthenticationError, CredentialUnavailableError } from '@azure/identity';
import { Failure } from '#domain/failure';

/**
 * Why no token came. The authority saying no (wrong or expired secret, unknown application, no consent) is for a person to mend;
 * anything else may pass. Either way nothing was sent to the service the token was for.
 */
export function tokenFailure(error: unknown): Failure {
  const said = error instanceof Error ? firstLine(error.message) : String(error);
  const refused = isRefusal(error);
  return new Failure(
    `no token from the authority: ${said}`,
    {
      kind: refused ? 'not-permitted' : 'broken',
      code: refused ? 'identity.refused' : 'identity.unreachable',
      ...(refused
        ? { missing: 'a valid credential of the application (AZURE_CLIENT_ID and its secret or certificate)' }
        : {}),
    },
    { cause: error },
  );
}

function isRefusal(error: unknown): boolean {
  if (error instanceof CredentialUnavailableError) return true;
  if (error instanceof AuthenticationError)
    return error.statusCode >= 400 && error.statusCode < 500 && error.statusCode !== 429;
  if (!(error instanceof Error)) return false;
  // A certificate file that is not there is a setting to mend, like a secret that is wrong.
  if ('code' in error && (error.code === 'ENOENT' || error.code === 'EACCES')) return true;
  return /AADSTS\d+/.test(error.message) && !/temporarily_unavailable/.test(error.message);
}

/** The library adds trace ids and help links below the sentence. */
function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.trim() ?? text;
}
