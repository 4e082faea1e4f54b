import { badRequest, resourceNotFound } from '#sandbox/http/answers';
import { directoryView, param, type RoutedCall } from '#sandbox/http/call';
import type { Group, JsonObject, World } from '#sandbox/tenant/world';

export const groupDefaults: readonly string[] = [
  'id',
  'deletedDateTime',
  'classification',
  'createdDateTime',
  'description',
  'displayName',
  'expirationDateTime',
  'groupTypes',
  'isAssignableToRole',
  'mail',
  'mailEnabled',
  'mailNickname',
  'membershipRule',
  'membershipRuleProcessingState',
  'onPremisesDomainName',
  'onPremisesLastSyncDateTime',
  'onPremisesNetBiosName',
  'onPremisesSamAccountName',
  'onPremisesSecurityIdentifier',
  'onPremisesSyncEnabled',
  'preferredDataLocation',
  'preferredLanguage',
  'proxyAddresses',
  'renewedDateTime',
  'resourceBehaviorOptions',
  'resourceProvisioningOptions',
  'securityEnabled',
  'theme',
  'visibility',
];

export function groupResource(group: Group): JsonObject {
  return {
    ...group.properties,
    id: group.id,
    deletedDateTime: null,
    resourceBehaviorOptions: [],
    assignedLicenses: group.licences.map((skuId) => ({ skuId, disabledPlans: [] })),
    licenseProcessingState: group.licences.length === 0 ? null : { state: 'ProcessingComplete' },
  };
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function findGroup(world: World, id: string): Group {
  if (!guid.test(id)) throw badRequest(`Invalid object identifier '${id}'.`);
  const group = world.groups[id.toLowerCase()];
  if (group === undefined) throw resourceNotFound(id);
  return group;
}

export const groupSeen = (call: RoutedCall): Group => findGroup(directoryView(call), param(call, 'group'));
export const groupTrue = (call: RoutedCall): Group => findGroup(call.tenant.truth(), param(call, 'group'));

export const isUnified = (group: Group): boolean => {
  const types = group.properties['groupTypes'];
  return Array.isArray(types) && types.includes('Unified');
};
export const isTeam = (group: Group): boolean => {
  const options = group.properties['resourceProvisioningOptions'];
  return Array.isArray(options) && options.includes('Team');
};
