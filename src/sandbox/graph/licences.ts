import { tenantId } from '#sandbox/firm/ids';
import { exchangePlans, subscriptions } from '#sandbox/firm/subscriptions';
import { userDefaults, userResource, userSeen, userTrue } from '#sandbox/graph/user-resource';
import { type Answer, badRequest, ok } from '#sandbox/http/answers';
import { allowQuery, bodyObject, directoryView, isObject, type RoutedCall } from '#sandbox/http/call';
import type { Route } from '#sandbox/http/router';
import { entity, page } from '#sandbox/query/paging';
import { checkNames, listOption, pick } from '#sandbox/query/select';
import { consumedUnits, effectiveSkus, enabledUnits, processLicences, skuOf } from '#sandbox/tenant/licences';
import {
  type DirectLicence,
  type Json,
  type JsonObject,
  type Sku,
  textOf,
  type User,
  withUser,
} from '#sandbox/tenant/world';

const servicePlans = (sku: Sku): readonly JsonObject[] =>
  sku.plans.map((plan) => ({
    servicePlanId: plan.id,
    servicePlanName: plan.name,
    provisioningStatus: 'Success',
    appliesTo: exchangePlans.includes(plan.id) || plan.service !== 'exchange' ? 'User' : 'Company',
  }));

const skuNames = [
  'accountId',
  'accountName',
  'appliesTo',
  'capabilityStatus',
  'consumedUnits',
  'id',
  'prepaidUnits',
  'servicePlans',
  'skuId',
  'skuPartNumber',
  'subscriptionIds',
];

function subscribedSkus(call: RoutedCall): Answer {
  allowQuery(call, '$select');
  const selected = listOption(call.query, '$select');
  checkNames(selected ?? [], skuNames, 'subscribedSku');
  const world = directoryView(call);
  const value = subscriptions.map((sku): JsonObject => {
    const full: JsonObject = {
      accountId: tenantId,
      accountName: 'northwindtraders',
      appliesTo: 'User',
      capabilityStatus: 'Enabled',
      consumedUnits: consumedUnits(world, sku.skuId),
      id: `${tenantId}_${sku.skuId}`,
      prepaidUnits: { enabled: enabledUnits(sku, call.tenant.dials().seats), lockedOut: 0, suspended: 0, warning: 0 },
      servicePlans: servicePlans(sku),
      skuId: sku.skuId,
      skuPartNumber: sku.skuPartNumber,
      subscriptionIds: [`5ab00000${sku.skuId.slice(8)}`],
    };
    return selected === undefined ? full : pick(full, selected);
  });
  return ok(page(call, 'subscribedSkus', value));
}

function licenseDetails(call: RoutedCall): Answer {
  allowQuery(call, '$select');
  const user = userSeen(call);
  const value = effectiveSkus(user).flatMap((skuId): JsonObject[] => {
    const sku = skuOf(skuId);
    if (sku === undefined) return [];
    const id = Buffer.from(`${user.id}${skuId}`).toString('base64url').slice(0, 43);
    return [{ id, skuId, skuPartNumber: sku.skuPartNumber, servicePlans: servicePlans(sku) }];
  });
  const selected = listOption(call.query, '$select');
  checkNames(selected ?? [], ['id', 'skuId', 'skuPartNumber', 'servicePlans'], 'licenseDetails');
  return ok(
    page(call, `users('${user.id}')/licenseDetails`, selected ? value.map((item) => pick(item, selected)) : value),
  );
}

function arrayOf(call: RoutedCall, name: string): readonly Json[] {
  const value = bodyObject(call)[name];
  if (Array.isArray(value)) return value;
  throw badRequest(
    `One or more parameters of the operation 'assignLicense' are missing from the request payload. The missing parameters are: ${name}.`,
  );
}

function checkRemoval(user: User, skuId: string): void {
  if (user.directLicences.some((licence) => licence.skuId === skuId)) return;
  throw badRequest(
    user.inheritedLicences.some((licence) => licence.skuId === skuId)
      ? 'User license is inherited from group membership and cannot be removed directly from the user.'
      : 'User does not have a corresponding license.',
  );
}

function added(call: RoutedCall, user: User, raw: Json): DirectLicence {
  const skuId = isObject(raw) && typeof raw['skuId'] === 'string' ? raw['skuId'].toLowerCase() : '';
  const disabled = isObject(raw) && Array.isArray(raw['disabledPlans']) ? raw['disabledPlans'].map(String) : [];
  const sku = skuOf(skuId);
  if (sku === undefined) throw badRequest(`License ${skuId} does not correspond to a valid company License.`);
  if (textOf(user, 'usageLocation') === '') {
    throw badRequest('License assignment cannot be done for user with invalid usage location.');
  }
  const world = call.tenant.truth();
  const free = enabledUnits(sku, call.tenant.dials().seats) - consumedUnits(world, skuId);
  if (free < 1 && !effectiveSkus(user).includes(skuId)) {
    throw badRequest(`Subscription with SKU ${skuId} does not have any available licenses.`);
  }
  return { skuId, disabledPlans: disabled, lastUpdatedDateTime: call.tenant.timestamp() };
}

/** All or nothing: one SKU that cannot be taken away or given fails the whole call. */
function assignLicense(call: RoutedCall): Answer {
  const user = userTrue(call);
  const additions = arrayOf(call, 'addLicenses');
  const removals = arrayOf(call, 'removeLicenses').map((skuId) => String(skuId).toLowerCase());
  for (const skuId of removals) checkRemoval(user, skuId);
  const given = additions.map((raw) => added(call, user, raw));
  const replaced = [...removals, ...given.map((licence) => licence.skuId)];
  const kept = user.directLicences.filter((licence) => !replaced.includes(licence.skuId));
  const next = { ...user, directLicences: [...kept, ...given] };
  call.tenant.write(withUser(call.tenant.truth(), next));
  return ok(entity(call, 'users/$entity', pick(userResource(next), userDefaults)));
}

/** Group-based licences are worked out at once instead of some time later. */
function reprocess(call: RoutedCall): Answer {
  const user = userTrue(call);
  const { tenant } = call;
  tenant.write(processLicences(tenant.truth(), user.id, tenant.dials().seats, tenant.timestamp()));
  const next = tenant.truth().users[user.id] ?? user;
  return ok(entity(call, 'users/$entity', pick(userResource(next), userDefaults)));
}

export const licenceRoutes: readonly Route[] = [
  ['GET /subscribedSkus', subscribedSkus],
  ['GET /users/:user/licenseDetails', licenseDetails],
  ['POST /users/:user/assignLicense', assignLicense],
  ['POST /users/:user/reprocessLicenseAssignment', reprocess],
];
