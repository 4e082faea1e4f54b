import { ClientCertificateCredential, ClientSecretCredential, ManagedIdentityCredential } from '@azure/identity';
import type { CredentialSettings } from '#adapters/identity/credential-settings';
import { authorityOf } from '#adapters/identity/loopback-authority';

/** What is needed of any of the library's credentials. */
export interface Credential {
  getToken(scope: string): Promise<{ readonly token: string; readonly expiresOnTimestamp: number } | null>;
}

export function createCredential(settings: CredentialSettings): Credential {
  const { tenantId, clientId, secret, certificatePath } = settings;
  const options = {
    ...authorityOf(settings.loginBaseUrl, settings.sandbox),
    retryOptions: { maxRetries: 2, retryDelayInMs: 300, maxRetryDelayInMs: 2000 },
  };
  if (settings.managedIdentity) return new ManagedIdentityCredential(clientId === '' ? {} : { clientId });
  if (certificatePath !== undefined)
    return new ClientCertificateCredential(tenantId, clientId, { certificatePath }, options);
  if (secret !== undefined) return new ClientSecretCredential(tenantId, clientId, secret, options);
  throw new Error(
    'no credential is set: give AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH, or run with a managed identity',
  );
}
