import type { DirectoryRole } from '#sandbox/firm/directory-roles';
import { groupDefaults, groupResource } from '#sandbox/graph/group-resource';
import { groupPropertyNames, userPropertyNames } from '#sandbox/graph/property-names';
import { userDefaults, userResource } from '#sandbox/graph/user-resource';
import { allowQuery, type Call } from '#sandbox/http/call';
import { narrow } from '#sandbox/query/directory-query';
import { page } from '#sandbox/query/paging';
import { checkNames, listOption, pick } from '#sandbox/query/select';
import type { Group, JsonObject, User } from '#sandbox/tenant/world';

/** A member of a mixed collection: full properties and what is told of it without $select. */
export interface DirectoryObject {
  readonly type: 'user' | 'group' | 'directoryRole';
  readonly full: JsonObject;
}

export const asUser = (user: User): DirectoryObject => ({ type: 'user', full: userResource(user) });
export const asGroup = (group: Group): DirectoryObject => ({ type: 'group', full: groupResource(group) });

export function roleResource(role: DirectoryRole): JsonObject {
  return {
    id: role.objectId,
    deletedDateTime: null,
    description: role.description,
    displayName: role.displayName,
    roleTemplateId: role.templateId,
  };
}

export const asRole = (role: DirectoryRole): DirectoryObject => ({ type: 'directoryRole', full: roleResource(role) });

const roleNames: readonly string[] = ['id', 'deletedDateTime', 'description', 'displayName', 'roleTemplateId'];
const namesOf = { user: userPropertyNames, group: groupPropertyNames, directoryRole: roleNames } as const;
const defaultsOf = { user: userDefaults, group: groupDefaults, directoryRole: roleNames } as const;

/** Properties that Entra filters directory collections by. */
const filterableOf = {
  user: [
    'id',
    'userPrincipalName',
    'mail',
    'mailNickname',
    'displayName',
    'givenName',
    'surname',
    'employeeId',
    'employeeType',
    'accountEnabled',
    'department',
    'jobTitle',
    'companyName',
    'officeLocation',
    'usageLocation',
    'userType',
    'proxyAddresses',
    'otherMails',
    'onPremisesSyncEnabled',
    'onPremisesImmutableId',
    'assignedLicenses',
    'createdDateTime',
    'creationType',
  ],
  group: [
    'id',
    'displayName',
    'mail',
    'mailNickname',
    'mailEnabled',
    'securityEnabled',
    'groupTypes',
    'proxyAddresses',
    'onPremisesSyncEnabled',
    'isAssignableToRole',
    'assignedLicenses',
    'createdDateTime',
    'description',
    'visibility',
    'resourceProvisioningOptions',
  ],
  directoryRole: ['id', 'displayName', 'roleTemplateId'],
} as const;

const option = ['$select', '$top', '$count', '$filter', '$orderby', '$skiptoken'] as const;

/** A collection of one type: users, groups, or a collection with a cast segment. */
export function typedPage(
  call: Call,
  type: DirectoryObject['type'],
  items: readonly DirectoryObject[],
  context: string,
): JsonObject {
  allowQuery(call, ...option);
  const selected = listOption(call.query, '$select');
  checkNames(selected ?? [], namesOf[type], type);
  const found = narrow(
    call,
    items.map((item) => item.full),
    filterableOf[type],
    type,
  );
  return page(
    call,
    context,
    found.map((full) => pick(full, selected ?? defaultsOf[type])),
  );
}

/**
 * A collection of mixed types: each object says its type. A selected property that an object's type does not have is left
 * out, and one that no type has is refused.
 */
export function mixedPage(call: Call, items: readonly DirectoryObject[]): JsonObject {
  allowQuery(call, '$select', '$top', '$count', '$skiptoken');
  const selected = listOption(call.query, '$select');
  checkNames(selected ?? [], [...userPropertyNames, ...groupPropertyNames, ...roleNames], 'directoryObject');
  const shown = items.map((item): JsonObject => {
    const names = selected?.filter((name) => namesOf[item.type].includes(name)) ?? defaultsOf[item.type];
    return { '@odata.type': `#microsoft.graph.${item.type}`, ...pick(item.full, names) };
  });
  return page(call, 'directoryObjects', shown);
}

/** One object of a mixed collection, `/users/{id}/memberOf/{id}`. */
export function mixedEntity(call: Call, item: DirectoryObject): JsonObject {
  allowQuery(call, '$select');
  const selected = listOption(call.query, '$select');
  checkNames(selected ?? [], namesOf[item.type], item.type);
  return { '@odata.type': `#microsoft.graph.${item.type}`, ...pick(item.full, selected ?? defaultsOf[item.type]) };
}
