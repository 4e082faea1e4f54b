import { resourceNotFound } from '#sandbox/http/answers';
import { directoryView, param, type RoutedCall } from '#sandbox/http/call';
import { effectivePlans, effectiveSkus } from '#sandbox/tenant/licences';
import { type Json, type JsonObject, textOf, type User, type World } from '#sandbox/tenant/world';

export const userDefaults: readonly string[] = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
];

function licenceStates(user: User): readonly Json[] {
  const direct = user.directLicences.map((licence) => ({
    skuId: licence.skuId,
    assignedByGroup: null,
    disabledPlans: licence.disabledPlans,
    state: 'Active',
    error: 'None',
    lastUpdatedDateTime: licence.lastUpdatedDateTime,
  }));
  const inherited = user.inheritedLicences.map((licence) => ({
    skuId: licence.skuId,
    assignedByGroup: licence.groupId,
    disabledPlans: licence.disabledPlans,
    state: licence.state,
    error: licence.error,
    lastUpdatedDateTime: licence.lastUpdatedDateTime,
  }));
  return [...direct, ...inherited];
}

/** Everything that Graph tells of a user when it is selected. */
export function userResource(user: User): JsonObject {
  return {
    ...user.properties,
    id: user.id,
    deletedDateTime: user.deletedDateTime,
    assignedLicenses: effectiveSkus(user).map((skuId) => ({
      skuId,
      disabledPlans: user.directLicences.find((licence) => licence.skuId === skuId)?.disabledPlans ?? [],
    })),
    licenseAssignmentStates: licenceStates(user),
    assignedPlans: effectivePlans(user).map((plan) => ({
      assignedDateTime: '2024-01-08T09:00:00Z',
      capabilityStatus: 'Enabled',
      service: plan.service,
      servicePlanId: plan.id,
    })),
    provisionedPlans: effectivePlans(user).map((plan) => ({
      capabilityStatus: 'Enabled',
      provisioningStatus: 'Success',
      service: plan.service,
    })),
  };
}

export const liveUsers = (world: World): readonly User[] =>
  Object.values(world.users).filter((user) => user.deletedDateTime === null);

/** By object id or UPN, case ignored; deleted users are not found. */
export function findUser(world: World, key: string): User {
  const wanted = key.toLowerCase();
  const user =
    world.users[wanted] ??
    Object.values(world.users).find((candidate) => textOf(candidate, 'userPrincipalName').toLowerCase() === wanted);
  if (user === undefined || user.deletedDateTime !== null) throw resourceNotFound(key);
  return user;
}

/** The user of `/users/:user/…` as this read sees them. */
export const userSeen = (call: RoutedCall): User => findUser(directoryView(call), param(call, 'user'));

/** The user of `/users/:user/…` as they truly are, for writes. */
export const userTrue = (call: RoutedCall): User => findUser(call.tenant.truth(), param(call, 'user'));
