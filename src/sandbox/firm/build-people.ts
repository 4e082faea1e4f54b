import { firmName, personId } from '#sandbox/firm/ids';
import { ordinaryPeople } from '#sandbox/firm/people-ordinary';
import { specialPeople } from '#sandbox/firm/people-special';
import type { PersonSeed } from '#sandbox/firm/person-seed';
import { signInOf } from '#sandbox/firm/sign-in-methods';
import { sites } from '#sandbox/firm/sites';
import type { JsonObject, User } from '#sandbox/tenant/world';

export const allPeople: readonly PersonSeed[] = [...specialPeople, ...ordinaryPeople];

const dayMs = 86_400_000;

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9-]/g, '');

function nicknameOf(seed: PersonSeed): string {
  return seed.mailNickname ?? `${plain(seed.givenName)}.${plain(seed.surname)}`;
}

export function addressOf(seed: PersonSeed): string {
  return seed.userPrincipalName ?? `${nicknameOf(seed)}@${sites[seed.site].domain}`;
}

/** Graph keeps the UPN of a deleted account free for others by putting the object id in front of it. */
function principalName(seed: PersonSeed): string {
  return seed.deletedDaysAgo === undefined
    ? addressOf(seed)
    : `${personId(seed.number).replaceAll('-', '')}${addressOf(seed)}`;
}

function mailProperties(seed: PersonSeed): JsonObject {
  if (seed.guest) return { mail: 'marta.nowak@contoso.example', proxyAddresses: ['SMTP:marta.nowak@contoso.example'] };
  if (seed.mailbox === false) return { mail: null, proxyAddresses: [] };
  const address = addressOf(seed);
  return { mail: address, proxyAddresses: [`SMTP:${address}`] };
}

function syncProperties(seed: PersonSeed, now: Date): JsonObject {
  const synced = seed.synced === true;
  const name = `${seed.givenName} ${seed.surname}`;
  return {
    onPremisesDistinguishedName: synced ? `CN=${name},OU=Warehouse,DC=northwind,DC=local` : null,
    onPremisesImmutableId: synced ? Buffer.from(personId(seed.number)).toString('base64').slice(0, 24) : null,
    onPremisesLastSyncDateTime: synced ? new Date(now.getTime() - 600_000).toISOString() : null,
    onPremisesSamAccountName: synced ? nicknameOf(seed) : null,
    onPremisesSyncEnabled: synced ? true : null,
  };
}

function guestProperties(seed: PersonSeed): JsonObject {
  return seed.guest
    ? { companyName: 'Contoso', creationType: 'Invitation', externalUserState: 'Accepted', userType: 'Guest' }
    : { companyName: firmName, creationType: null, externalUserState: null, userType: 'Member' };
}

/** What is known of somebody who works here, and not of guests, service accounts and the break-glass account. */
function employmentProperties(seed: PersonSeed): JsonObject {
  const employee = !seed.guest && seed.department !== '';
  return {
    businessPhones: employee ? [`${sites[seed.site].telephonePrefix}${seed.number.padStart(3, '1')}`] : [],
    department: seed.department === '' ? null : seed.department,
    employeeId: employee ? `NW${seed.number.padStart(4, '0')}` : null,
    employeeType: employee ? 'Employee' : null,
    jobTitle: seed.jobTitle === '' ? null : seed.jobTitle,
    officeLocation: seed.department === '' ? null : seed.site,
    preferredLanguage: employee ? sites[seed.site].locale : null,
    usageLocation: sites[seed.site].usageLocation,
  };
}

function propertiesOf(seed: PersonSeed, now: Date): JsonObject {
  const serial = Number(seed.number);
  const ago = (days: number): string => new Date(now.getTime() - days * dayMs).toISOString();
  return {
    accountEnabled: seed.disabledDaysAgo === undefined,
    createdDateTime: new Date(Date.UTC(2021, serial % 12, 1 + (serial % 27), 9)).toISOString(),
    displayName: seed.displayName ?? `${seed.givenName} ${seed.surname}`,
    givenName: seed.givenName,
    lastPasswordChangeDateTime: ago(60 + (serial % 30)),
    mailNickname: nicknameOf(seed),
    mobilePhone: null,
    otherMails: [],
    signInSessionsValidFromDateTime: ago(seed.disabledDaysAgo ?? 60 + (serial % 30)),
    surname: seed.surname,
    userPrincipalName: principalName(seed),
    ...employmentProperties(seed),
    ...guestProperties(seed),
    ...syncProperties(seed, now),
    ...mailProperties(seed),
  };
}

function accountOf(seed: PersonSeed, now: Date): User {
  const id = personId(seed.number);
  const ordinary = seed.mailbox !== false || seed.licences.length > 0;
  const signIn = signInOf(id, ordinary && !seed.guest);
  const deleted = seed.deletedDaysAgo;
  return {
    id,
    properties: propertiesOf(seed, now),
    managerId: seed.manager === undefined ? null : personId(seed.manager),
    deletedDateTime: deleted === undefined ? null : new Date(now.getTime() - deleted * dayMs).toISOString(),
    directLicences: seed.licences.map((skuId) => ({
      skuId,
      disabledPlans: [],
      lastUpdatedDateTime: '2024-01-08T09:00:00Z',
    })),
    inheritedLicences: [],
    methods: signIn.methods,
    defaultMethodId: signIn.defaultMethodId,
    activeDirectoryEnabled: seed.synced ? true : null,
    installedTeamsApps: [],
  };
}

/** Everybody's account as it stands when the tenant is loaded. Group-based licences are added by processing the groups. */
export function buildPeople(now: Date): Readonly<Record<string, User>> {
  return Object.fromEntries(allPeople.map((seed) => [personId(seed.number), accountOf(seed, now)]));
}
