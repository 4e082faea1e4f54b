import { z } from 'zod';
import type { StepContext } from '#engine/step';

export interface SignInMethod {
  readonly id: string;
  /** `phoneAuthenticationMethod`: the `@odata.type` without its namespace. */
  readonly type: string;
  /** "Authenticator app (iPhone)"; never a number or an address. */
  readonly displayName: string;
}

const method = z.object({
  '@odata.type': z.string(),
  id: z.string(),
  displayName: z.string().nullish(),
  phoneType: z.string().nullish(),
});

const phones: Readonly<Record<string, string>> = {
  mobile: 'Mobile phone',
  alternateMobile: 'Second mobile phone',
  office: 'Office phone',
};

const names: Readonly<Record<string, string>> = {
  microsoftAuthenticatorAuthenticationMethod: 'Authenticator app',
  fido2AuthenticationMethod: 'Security key',
  windowsHelloForBusinessAuthenticationMethod: 'Windows Hello',
  softwareOathAuthenticationMethod: 'Code generator app',
  hardwareOathAuthenticationMethod: 'Code generator',
  qrCodePinAuthenticationMethod: 'QR code with PIN',
  emailAuthenticationMethod: 'E-mail address for password reset',
  temporaryAccessPassAuthenticationMethod: 'Temporary Access Pass',
  platformCredentialAuthenticationMethod: 'Device sign-in',
  externalAuthenticationMethod: 'External sign-in method',
};

function nameOf(type: string, phoneType: string, label: string): string {
  if (type === 'phoneAuthenticationMethod') return phones[phoneType] ?? 'Phone';
  const name = names[type] ?? type;
  return label === '' || label === name ? name : `${name} (${label})`;
}

/**
 * What the person signs in with, the password left out: it cannot be deleted, only replaced.
 * https://learn.microsoft.com/graph/api/authentication-list-methods
 */
export async function readMethods({ graph, userId }: StepContext): Promise<readonly SignInMethod[]> {
  const methods = await graph.list(`/users/${userId}/authentication/methods`, method);
  return methods
    .map((read) => ({ read, type: read['@odata.type'].replace('#microsoft.graph.', '') }))
    .filter(({ type }) => type !== 'passwordAuthenticationMethod')
    .map(({ read, type }) => ({
      id: read.id,
      type,
      displayName: nameOf(type, read.phoneType ?? '', read.displayName ?? ''),
    }));
}
