import { directoryRoles } from '#sandbox/firm/directory-roles';
import { tenantId } from '#sandbox/firm/ids';
import { asGroup, asUser, mixedPage, roleResource } from '#sandbox/graph/directory-objects';
import { type Answer, notServed, ok, Refusal, resourceNotFound } from '#sandbox/http/answers';
import { allowQuery, directoryView, param, type RoutedCall } from '#sandbox/http/call';
import type { Route } from '#sandbox/http/router';
import { narrow } from '#sandbox/query/directory-query';
import { entity, page } from '#sandbox/query/paging';
import { checkNames, listOption, pick } from '#sandbox/query/select';
import type { JsonObject } from '#sandbox/tenant/world';

const definitions: readonly JsonObject[] = directoryRoles.map((role) => ({
  id: role.templateId,
  description: role.description,
  displayName: role.displayName,
  isBuiltIn: true,
  isEnabled: true,
  templateId: role.templateId,
  version: '1',
}));

function trimmed(call: RoutedCall, items: readonly JsonObject[], type: string): readonly JsonObject[] {
  const selected = listOption(call.query, '$select');
  checkNames(selected ?? [], Object.keys(items[0] ?? {}), type);
  return selected === undefined || items.length === 0 ? items : items.map((item) => pick(item, selected));
}

function listDefinitions(call: RoutedCall): Answer {
  allowQuery(call, '$filter', '$select', '$top', '$skiptoken');
  const found = narrow(call, definitions, ['id', 'displayName', 'isBuiltIn', 'templateId'], 'unifiedRoleDefinition');
  return ok(page(call, 'roleManagement/directory/roleDefinitions', trimmed(call, found, 'unifiedRoleDefinition')));
}

function getDefinition(call: RoutedCall): Answer {
  const id = param(call, 'definition').toLowerCase();
  const found = definitions.find((definition) => definition['id'] === id);
  if (found === undefined) throw resourceNotFound(id);
  return ok(entity(call, 'roleManagement/directory/roleDefinitions/$entity', found));
}

/** The real service insists on a filter here: it lists no tenant's assignments as a whole. */
function listAssignments(call: RoutedCall): Answer {
  allowQuery(call, '$filter', '$select', '$expand', '$top', '$skiptoken');
  const expand = call.query.get('$expand');
  if (expand !== null && expand !== 'roleDefinition') throw notServed(`$expand=${expand} on roleAssignments`);
  if (call.query.get('$filter') === null) {
    throw new Refusal(400, 'UnsupportedQuery', 'A filter on principalId or roleDefinitionId is needed.');
  }
  const all = directoryView(call).roleAssignments.map(
    (assignment): JsonObject => ({
      id: assignment.id,
      directoryScopeId: '/',
      principalId: assignment.principalId,
      principalOrganizationId: tenantId,
      roleDefinitionId: assignment.roleDefinitionId,
    }),
  );
  const found = narrow(
    call,
    all,
    ['id', 'principalId', 'roleDefinitionId', 'directoryScopeId'],
    'unifiedRoleAssignment',
  );
  const shown = trimmed(call, found, 'unifiedRoleAssignment').map((item, at) => {
    const definition = definitions.find((role) => role['id'] === found[at]?.['roleDefinitionId']);
    return expand === null || definition === undefined ? item : { ...item, roleDefinition: definition };
  });
  return ok(page(call, 'roleManagement/directory/roleAssignments', shown));
}

function listRoles(call: RoutedCall): Answer {
  allowQuery(call, '$filter', '$select');
  const found = narrow(
    call,
    directoryRoles.map(roleResource),
    ['id', 'displayName', 'roleTemplateId'],
    'directoryRole',
  );
  return ok(page(call, 'directoryRoles', trimmed(call, found, 'directoryRole')));
}

function roleMembers(call: RoutedCall): Answer {
  const id = param(call, 'role').toLowerCase();
  const role = directoryRoles.find((candidate) => candidate.objectId === id);
  if (role === undefined) throw resourceNotFound(id);
  const world = directoryView(call);
  const held = world.roleAssignments.filter((assignment) => assignment.roleDefinitionId === role.templateId);
  const users = held.flatMap((assignment) => world.users[assignment.principalId] ?? []);
  const groups = held.flatMap((assignment) => world.groups[assignment.principalId] ?? []);
  return ok(mixedPage(call, [...users.map(asUser), ...groups.map(asGroup)]));
}

export const roleRoutes: readonly Route[] = [
  ['GET /roleManagement/directory/roleDefinitions', listDefinitions],
  ['GET /roleManagement/directory/roleDefinitions/:definition', getDefinition],
  ['GET /roleManagement/directory/roleAssignments', listAssignments],
  ['GET /directoryRoles', listRoles],
  ['GET /directoryRoles/:role/members', roleMembers],
];
