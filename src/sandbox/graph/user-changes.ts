import { userPropertyNames } from '#sandbox/graph/property-names';
import { userTrue } from '#sandbox/graph/user-resource';
import { type Answer, badRequest, insufficientPrivileges, noContent, notServed, ok } from '#sandbox/http/answers';
import { bodyObject, isObject, type RoutedCall } from '#sandbox/http/call';
import type { Route } from '#sandbox/http/router';
import { isPrivileged } from '#sandbox/tenant/memberships';
import { type JsonObject, textOf, type User, withUser } from '#sandbox/tenant/world';

/** Sensitive on a privileged target: https://learn.microsoft.com/graph/api/resources/users */
const sensitive = [
  'accountEnabled',
  'businessPhones',
  'mobilePhone',
  'otherMails',
  'onPremisesImmutableId',
  'passwordProfile',
  'userPrincipalName',
];

/** What Active Directory masters on a synced account. accountEnabled is not among them: the cloud takes it, until the next sync. */
const mastered = [
  'businessPhones',
  'city',
  'companyName',
  'country',
  'department',
  'displayName',
  'employeeId',
  'givenName',
  'jobTitle',
  'mail',
  'mailNickname',
  'mobilePhone',
  'officeLocation',
  'passwordProfile',
  'postalCode',
  'state',
  'streetAddress',
  'surname',
  'userPrincipalName',
];

const writable = new Set([
  ...sensitive,
  ...mastered,
  'employeeHireDate',
  'employeeLeaveDateTime',
  'employeeOrgData',
  'employeeType',
  'preferredLanguage',
  'usageLocation',
  'userType',
  'faxNumber',
]);

const booleans = ['accountEnabled'];

function checkChange(call: RoutedCall, user: User, change: JsonObject): void {
  const names = Object.keys(change);
  if (names.length === 0) throw badRequest('Empty Payload. JSON content expected.');
  const stranger = names.find((name) => !userPropertyNames.includes(name));
  if (stranger !== undefined) throw badRequest(`Invalid property '${stranger}'.`);
  const fixed = names.find((name) => !writable.has(name));
  if (fixed !== undefined) throw notServed(`writing '${fixed}' of a user`);
  const mistyped = names.find((name) => booleans.includes(name) && typeof change[name] !== 'boolean');
  if (mistyped !== undefined)
    throw badRequest(`Invalid value specified for property '${mistyped}' of resource 'User'.`);
  if (user.activeDirectoryEnabled !== null && names.some((name) => mastered.includes(name))) {
    throw badRequest(
      'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
    );
  }
  const privileged = names.some((name) => sensitive.includes(name)) && isPrivileged(call.tenant.truth(), user);
  if (privileged && call.tenant.dials().appRoleTooLow) throw insufficientPrivileges();
}

function checkPrincipalName(call: RoutedCall, user: User, change: JsonObject): void {
  const wanted = change['userPrincipalName'];
  if (typeof wanted !== 'string') return;
  const taken = Object.values(call.tenant.truth().users).some(
    (other) => other.id !== user.id && textOf(other, 'userPrincipalName').toLowerCase() === wanted.toLowerCase(),
  );
  if (taken) throw badRequest('Another object with the same value for property userPrincipalName already exists.');
}

/** A new password ends the sessions that were opened with the old one; it is never kept. */
function passwordChange(call: RoutedCall, profile: JsonObject): JsonObject {
  const password = profile['password'];
  if (password === undefined) return {};
  if (typeof password !== 'string' || password.length < 8) {
    throw badRequest(
      'The specified password does not comply with password complexity requirements. Please provide a different password.',
    );
  }
  const now = call.tenant.timestamp();
  return { lastPasswordChangeDateTime: now, signInSessionsValidFromDateTime: now };
}

function update(call: RoutedCall): Answer {
  const user = userTrue(call);
  const change = bodyObject(call);
  checkChange(call, user, change);
  checkPrincipalName(call, user, change);
  const { passwordProfile, ...properties } = change;
  const moved = isObject(passwordProfile) ? passwordChange(call, passwordProfile) : {};
  const next = { ...user, properties: { ...user.properties, ...properties, ...moved } };
  call.tenant.write(withUser(call.tenant.truth(), next));
  return noContent;
}

/** Documented as 204, but the real service answers 200 with a value. */
function revokeSignInSessions(call: RoutedCall): Answer {
  const user = userTrue(call);
  const properties = { ...user.properties, signInSessionsValidFromDateTime: call.tenant.timestamp() };
  call.tenant.write(withUser(call.tenant.truth(), { ...user, properties }));
  return ok({ '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#Edm.Boolean', value: true });
}

export const userChangeRoutes: readonly Route[] = [
  ['PATCH /users/:user', update],
  ['POST /users/:user/revokeSignInSessions', revokeSignInSessions],
];
