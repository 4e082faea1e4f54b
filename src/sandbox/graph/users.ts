import { asUser, mixedEntity, typedPage } from '#sandbox/graph/directory-objects';
import { userPropertyNames } from '#sandbox/graph/property-names';
import { liveUsers, userDefaults, userResource, userSeen } from '#sandbox/graph/user-resource';
import { type Answer, notServed, ok, resourceNotFound } from '#sandbox/http/answers';
import { allowQuery, directoryView, type RoutedCall } from '#sandbox/http/call';
import type { Route } from '#sandbox/http/router';
import { entity, page } from '#sandbox/query/paging';
import { checkNames, listOption, pick } from '#sandbox/query/select';
import type { JsonObject, User, World } from '#sandbox/tenant/world';

const list = (call: RoutedCall): Answer =>
  ok(typedPage(call, 'user', liveUsers(directoryView(call)).map(asUser), 'users'));

function managerOf(world: World, user: User): User | undefined {
  const manager = user.managerId === null ? undefined : world.users[user.managerId];
  return manager?.deletedDateTime === null ? manager : undefined;
}

/** `$expand=manager` and `$expand=manager($select=id,…)`: the only expansion that is served on a user. */
function expanded(call: RoutedCall, world: World, user: User): JsonObject {
  const expand = call.query.get('$expand');
  if (expand === null) return {};
  const [, names] = /^manager(?:\(\$select=([A-Za-z,]+)\))?$/.exec(expand) ?? [];
  if (!expand.startsWith('manager')) throw notServed(`$expand=${expand} on a user`);
  const manager = managerOf(world, user);
  if (manager === undefined) return {};
  const selected = names?.split(',') ?? userDefaults;
  return { manager: { '@odata.type': '#microsoft.graph.user', ...pick(userResource(manager), selected) } };
}

function get(call: RoutedCall): Answer {
  allowQuery(call, '$select', '$expand');
  const user = userSeen(call);
  const selected = listOption(call.query, '$select');
  checkNames(selected ?? [], userPropertyNames, 'user');
  const shown = { ...pick(userResource(user), selected ?? userDefaults), ...expanded(call, directoryView(call), user) };
  return ok(entity(call, 'users/$entity', shown));
}

function manager(call: RoutedCall): Answer {
  const user = userSeen(call);
  const boss = managerOf(directoryView(call), user);
  if (boss === undefined) throw resourceNotFound('manager');
  return ok(entity(call, 'directoryObjects/$entity', mixedEntity(call, asUser(boss))));
}

function directReports(call: RoutedCall): Answer {
  allowQuery(call, '$select', '$top', '$skiptoken');
  const user = userSeen(call);
  const reports = liveUsers(directoryView(call)).filter((report) => report.managerId === user.id);
  const selected = listOption(call.query, '$select');
  checkNames(selected ?? [], userPropertyNames, 'user');
  const shown = reports.map((report) => ({
    '@odata.type': '#microsoft.graph.user',
    ...pick(userResource(report), selected ?? userDefaults),
  }));
  return ok(page(call, 'directoryObjects', shown));
}

function deletedUsers(call: RoutedCall): Answer {
  const deleted = Object.values(directoryView(call).users).filter((user) => user.deletedDateTime !== null);
  return ok(typedPage(call, 'user', deleted.map(asUser), 'users'));
}

export const userRoutes: readonly Route[] = [
  ['GET /users', list],
  ['GET /users/:user', get],
  ['GET /users/:user/manager', manager],
  ['GET /users/:user/directReports', directReports],
  ['GET /directory/deletedItems/microsoft.graph.user', deletedUsers],
];
