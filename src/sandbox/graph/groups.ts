import { asGroup, asUser, type DirectoryObject, mixedPage, typedPage } from '#sandbox/graph/directory-objects';
import { groupDefaults, groupResource, groupSeen } from '#sandbox/graph/group-resource';
import { groupPropertyNames } from '#sandbox/graph/property-names';
import { type Answer, ok } from '#sandbox/http/answers';
import { allowQuery, directoryView, type RoutedCall } from '#sandbox/http/call';
import type { Route } from '#sandbox/http/router';
import { entity } from '#sandbox/query/paging';
import { checkNames, listOption, pick } from '#sandbox/query/select';
import { groupsOf, transitiveMembersOf } from '#sandbox/tenant/memberships';
import type { World } from '#sandbox/tenant/world';

const list = (call: RoutedCall): Answer =>
  ok(typedPage(call, 'group', Object.values(directoryView(call).groups).map(asGroup), 'groups'));

function get(call: RoutedCall): Answer {
  allowQuery(call, '$select');
  const selected = listOption(call.query, '$select');
  checkNames(selected ?? [], groupPropertyNames, 'group');
  return ok(entity(call, 'groups/$entity', pick(groupResource(groupSeen(call)), selected ?? groupDefaults)));
}

function objectsOf(world: World, ids: readonly string[]): readonly DirectoryObject[] {
  return ids.flatMap((id) => {
    const user = world.users[id];
    if (user !== undefined) return user.deletedDateTime === null ? [asUser(user)] : [];
    const group = world.groups[id];
    return group === undefined ? [] : [asGroup(group)];
  });
}

type Ids = (call: RoutedCall, world: World) => readonly string[];

const memberIds: Ids = (call) => groupSeen(call).memberIds;
const ownerIds: Ids = (call) => groupSeen(call).ownerIds;
const transitiveIds: Ids = (call, world) => transitiveMembersOf(world, groupSeen(call));
const parentIds: Ids = (call, world) => groupsOf(world, groupSeen(call).id).map((group) => group.id);

const mixed =
  (ids: Ids) =>
  (call: RoutedCall): Answer => {
    const world = directoryView(call);
    return ok(mixedPage(call, objectsOf(world, ids(call, world))));
  };

const usersOnly =
  (ids: Ids) =>
  (call: RoutedCall): Answer => {
    const world = directoryView(call);
    const users = objectsOf(world, ids(call, world)).filter((item) => item.type === 'user');
    return ok(typedPage(call, 'user', users, 'users'));
  };

export const groupRoutes: readonly Route[] = [
  ['GET /groups', list],
  ['GET /groups/:group', get],
  ['GET /groups/:group/members', mixed(memberIds)],
  ['GET /groups/:group/members/microsoft.graph.user', usersOnly(memberIds)],
  ['GET /groups/:group/transitiveMembers', mixed(transitiveIds)],
  ['GET /groups/:group/transitiveMembers/microsoft.graph.user', usersOnly(transitiveIds)],
  ['GET /groups/:group/owners', mixed(ownerIds)],
  ['GET /groups/:group/owners/microsoft.graph.user', usersOnly(ownerIds)],
  ['GET /groups/:group/memberOf', mixed(parentIds)],
];
