import {
  asGroup,
  asRole,
  type DirectoryObject,
  mixedEntity,
  mixedPage,
  typedPage,
} from '#sandbox/graph/directory-objects';
import { userSeen } from '#sandbox/graph/user-resource';
import { type Answer, badRequest, ok, resourceNotFound } from '#sandbox/http/answers';
import { bodyObject, directoryView, param, type RoutedCall } from '#sandbox/http/call';
import type { Route } from '#sandbox/http/router';
import { entity } from '#sandbox/query/paging';
import { groupsOf, rolesOf, transitiveGroupsOf } from '#sandbox/tenant/memberships';

function direct(call: RoutedCall): readonly DirectoryObject[] {
  const world = directoryView(call);
  const user = userSeen(call);
  return [...groupsOf(world, user.id).map(asGroup), ...rolesOf(world, [user.id]).map(asRole)];
}

function transitive(call: RoutedCall): readonly DirectoryObject[] {
  const world = directoryView(call);
  const user = userSeen(call);
  const groups = transitiveGroupsOf(world, user.id);
  const roles = rolesOf(world, [user.id, ...groups.map((group) => group.id)]);
  return [...groups.map(asGroup), ...roles.map(asRole)];
}

type Find = (call: RoutedCall) => readonly DirectoryObject[];

const mixed =
  (find: Find) =>
  (call: RoutedCall): Answer =>
    ok(mixedPage(call, find(call)));

const cast =
  (find: Find, type: DirectoryObject['type']) =>
  (call: RoutedCall): Answer =>
    ok(
      typedPage(
        call,
        type,
        find(call).filter((item) => item.type === type),
        `${type}s`,
      ),
    );

const one =
  (find: Find) =>
  (call: RoutedCall): Answer => {
    const id = param(call, 'object').toLowerCase();
    const item = find(call).find((candidate) => candidate.full['id'] === id);
    if (item === undefined) throw resourceNotFound(id);
    return ok(entity(call, 'directoryObjects/$entity', mixedEntity(call, item)));
  };

function ownedGroups(call: RoutedCall): readonly DirectoryObject[] {
  const user = userSeen(call);
  const owned = Object.values(directoryView(call).groups).filter((group) => group.ownerIds.includes(user.id));
  return owned.map(asGroup);
}

const ids = (items: readonly DirectoryObject[]): readonly string[] => items.map((item) => String(item.full['id']));

const idsContext = 'https://graph.microsoft.com/v1.0/$metadata#Collection(Edm.String)';

/** At most twenty groups a call. */
function checkMemberGroups(call: RoutedCall): Answer {
  const wanted = bodyObject(call)['groupIds'];
  if (!Array.isArray(wanted))
    throw badRequest("One or more parameters of the operation 'checkMemberGroups' are missing.");
  if (wanted.length > 20)
    throw badRequest('The number of elements in the groupIds collection exceeds the limit of 20.');
  const held = ids(transitive(call));
  return ok({
    '@odata.context': idsContext,
    value: wanted.map(String).filter((id) => held.includes(id.toLowerCase())),
  });
}

function getMemberGroups(call: RoutedCall): Answer {
  const securityOnly = bodyObject(call)['securityEnabledOnly'];
  if (typeof securityOnly !== 'boolean') {
    throw badRequest("One or more parameters of the operation 'getMemberGroups' are missing.");
  }
  const groups = transitive(call).filter((item) => item.type === 'group');
  const found = groups.filter((item) => !securityOnly || item.full['securityEnabled'] === true);
  return ok({ '@odata.context': idsContext, value: ids(found) });
}

export const userMembershipRoutes: readonly Route[] = [
  ['GET /users/:user/memberOf', mixed(direct)],
  ['GET /users/:user/memberOf/microsoft.graph.group', cast(direct, 'group')],
  ['GET /users/:user/memberOf/microsoft.graph.directoryRole', cast(direct, 'directoryRole')],
  ['GET /users/:user/memberOf/:object', one(direct)],
  ['GET /users/:user/transitiveMemberOf', mixed(transitive)],
  ['GET /users/:user/transitiveMemberOf/microsoft.graph.group', cast(transitive, 'group')],
  ['GET /users/:user/transitiveMemberOf/microsoft.graph.directoryRole', cast(transitive, 'directoryRole')],
  ['GET /users/:user/transitiveMemberOf/:object', one(transitive)],
  ['GET /users/:user/ownedObjects', mixed(ownedGroups)],
  ['GET /users/:user/ownedObjects/microsoft.graph.group', cast(ownedGroups, 'group')],
  ['POST /users/:user/checkMemberGroups', checkMemberGroups],
  ['POST /users/:user/getMemberGroups', getMemberGroups],
];
