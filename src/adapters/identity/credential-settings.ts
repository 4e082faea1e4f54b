import type { Clock } from '#engine/ports/clock';

/** One of secret, certificatePath and managedIdentity, as the tenant's administrator set it up. */
export interface CredentialSettings {
  readonly tenantId: string;
  readonly clientId: string;
  readonly secret?: string;
  /** PEM file with certificate and private key. The documented way for Exchange. */
  readonly certificatePath?: string;
  /** The Azure host's own identity; `clientId` picks a user-assigned one. */
  readonly managedIdentity?: boolean;
  /** Origin of the authority: `https://login.microsoftonline.com` or a national cloud's. */
  readonly loginBaseUrl: string;
  /** Allows an authority over plain http on this machine. */
  readonly sandbox: boolean;
  /** Token freshness is a matter of this machine's clock, never of the tenant's. */
  readonly clock: Pick<Clock, 'machineNow'>;
}
