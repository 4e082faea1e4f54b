const masked = '***';

/** Property names whose text lets somebody in. */
const secretNames: ReadonlySet<string> = new Set(
  [
    'password',
    'newPassword',
    'currentPassword',
    'temporaryAccessPass',
    'secretText',
    'clientSecret',
    'client_secret',
    'client_assertion',
    'access_token',
    'accessToken',
    'refresh_token',
    'refreshToken',
    'id_token',
    'passwordBase64',
    'preAuthenticatedUrl',
  ].map((name) => name.toLowerCase()),
);

/** Where the property `key` is a recovery key; elsewhere it is an ordinary word. */
const keyPath = /recoveryKeys|getFileVaultKey/i;

/** The same JSON with passwords, passes, tokens and recovery keys replaced by `***`; batch items are looked at by their own url. */
export function maskSecrets(value: unknown, path: string): unknown {
  if (Array.isArray(value)) return value.map((item) => maskSecrets(item, path));
  if (value === null || typeof value !== 'object') return value;
  const here = 'url' in value && typeof value.url === 'string' ? value.url : path;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskOne(name, inner, here)]));
}

function maskOne(name: string, value: unknown, path: string): unknown {
  const bare = name.toLowerCase();
  const isSecret = secretNames.has(bare) || (bare === 'key' && keyPath.test(path));
  return isSecret && typeof value === 'string' ? masked : maskSecrets(value, path);
}
