import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { BotIdentity } from '#adapters/teams/bot-identity';
import type { Config } from '#app/config';
import { OperatorError } from '#app/operator-error';

/** Who the bot is to Teams. Throws `OperatorError` when the certificate's file cannot be read as one. */
export function botIdentity({ bot }: Config): BotIdentity {
  const { appId, appType, appTenantId, password, certificatePath } = bot;
  const common = { appType, ...(appId ? { appId } : {}), ...(appTenantId ? { appTenantId } : {}) };
  if (certificatePath) return { ...common, certificate: readCertificate(certificatePath) };
  return password ? { ...common, password } : common;
}

function readCertificate(path: string) {
  try {
    const pem = readFileSync(path, 'utf8');
    const thumbprint = new X509Certificate(pem).fingerprint.replaceAll(':', '');
    const privateKey = createPrivateKey(pem).export({ type: 'pkcs8', format: 'pem' }).toString();
    return { thumbprint, privateKey };
  } catch (error) {
    throw new OperatorError(
      `MicrosoftAppCertificatePath: ${path} cannot be read as a PEM file with a certificate and its private key.`,
      { cause: error },
    );
  }
}
