import { people } from '#sandbox/firm/ids';
import type { AuthenticationMethod, JsonObject } from '#sandbox/tenant/world';

/** Well-known ids of phone methods and of the password, the same for every user in every tenant. */
export const methodIds = {
  password: '28c10230-6103-485e-b985-444c60001490',
  mobile: '3179e48a-750b-4051-897c-87b9720928f7',
  alternateMobile: 'b6332ec1-7057-4abe-9331-3d72feddfe41',
  office: 'e37fc753-ff3b-4958-9484-eaa9425c82bc',
} as const;

const registered = '2024-02-12T09:14:00Z';

const password: AuthenticationMethod = {
  id: methodIds.password,
  type: 'passwordAuthenticationMethod',
  properties: { password: null, createdDateTime: '2023-01-09T08:00:00Z' },
};

function phone(kind: 'mobile' | 'alternateMobile', number: string): AuthenticationMethod {
  return {
    id: methodIds[kind],
    type: 'phoneAuthenticationMethod',
    properties: {
      phoneNumber: number,
      phoneType: kind,
      smsSignInState: 'notAllowedByPolicy',
      createdDateTime: registered,
    },
  };
}

const methodId = (userId: string, serial: number): string => `c0${serial}00000${userId.slice(8)}`;

function authenticator(userId: string, displayName: string): AuthenticationMethod {
  const properties: JsonObject = {
    displayName,
    deviceTag: 'SoftwareTokenActivated',
    phoneAppVersion: '6.2409.6094',
    createdDateTime: registered,
  };
  return { id: methodId(userId, 1), type: 'microsoftAuthenticatorAuthenticationMethod', properties };
}

function securityKey(userId: string): AuthenticationMethod {
  const properties: JsonObject = {
    displayName: 'Security key',
    aaGuid: 'cb69481e-8ff7-4039-93ec-0a2729a154a8',
    model: 'YubiKey 5 Series',
    attestationLevel: 'attested',
    attestationCertificates: [],
    createdDateTime: registered,
  };
  return { id: methodId(userId, 2), type: 'fido2AuthenticationMethod', properties };
}

interface SignIn {
  readonly methods: readonly AuthenticationMethod[];
  /** The one that Entra refuses to delete while others are left. */
  readonly defaultMethodId: string | null;
}

/**
 * What a person signs in with. Alex Morgan has three methods besides the password: the Authenticator is the default and goes
 * last, and the alternate mobile number must go before the mobile one.
 */
export function signInOf(userId: string, ordinary: boolean): SignIn {
  if (!ordinary) return { methods: [password], defaultMethodId: null };
  const app = authenticator(userId, 'iPhone');
  if (userId === people.alexMorgan) {
    return {
      methods: [app, password, phone('mobile', '+44 7700900106'), phone('alternateMobile', '+44 7700900206')],
      defaultMethodId: app.id,
    };
  }
  if (userId === people.priyaShah) return { methods: [password, app, securityKey(userId)], defaultMethodId: app.id };
  return { methods: [password, app], defaultMethodId: app.id };
}
