import {
  appRoleAssignments,
  type ServicePrincipal,
  servicePrincipalResource,
  servicePrincipals,
} from '#sandbox/firm/service-principals';
import { type Answer, ok, resourceNotFound } from '#sandbox/http/answers';
import { allowQuery, param, type RoutedCall } from '#sandbox/http/call';
import type { Route } from '#sandbox/http/router';
import { narrow } from '#sandbox/query/directory-query';
import { entity, page } from '#sandbox/query/paging';
import { checkNames, listOption, pick } from '#sandbox/query/select';
import type { JsonObject } from '#sandbox/tenant/world';

function shown(call: RoutedCall, full: JsonObject): JsonObject {
  const selected = listOption(call.query, '$select');
  checkNames(selected ?? [], Object.keys(full), 'servicePrincipal');
  return selected === undefined ? full : pick(full, selected);
}

function list(call: RoutedCall): Answer {
  allowQuery(call, '$filter', '$select', '$top', '$count', '$skiptoken');
  const all = servicePrincipals.map(servicePrincipalResource);
  const found = narrow(call, all, ['id', 'appId', 'displayName', 'servicePrincipalType'], 'ServicePrincipal');
  return ok(
    page(
      call,
      'servicePrincipals',
      found.map((full) => shown(call, full)),
    ),
  );
}

function found(call: RoutedCall): ServicePrincipal {
  const id = param(call, 'principal').toLowerCase();
  const principal = servicePrincipals.find((candidate) => candidate.id === id);
  if (principal === undefined) throw resourceNotFound(id);
  return principal;
}

function get(call: RoutedCall): Answer {
  allowQuery(call, '$select');
  return ok(entity(call, 'servicePrincipals/$entity', shown(call, servicePrincipalResource(found(call)))));
}

const assignmentsBy =
  (key: 'principalId' | 'resourceId') =>
  (call: RoutedCall): Answer => {
    allowQuery(call, '$top', '$skiptoken');
    const { id } = found(call);
    const assignments = appRoleAssignments(call.tenant.dials().withheldAppRoles);
    return ok(
      page(
        call,
        'appRoleAssignments',
        assignments.filter((assignment) => assignment[key] === id),
      ),
    );
  };

export const servicePrincipalRoutes: readonly Route[] = [
  ['GET /servicePrincipals', list],
  ['GET /servicePrincipals/:principal', get],
  ['GET /servicePrincipals/:principal/appRoleAssignments', assignmentsBy('principalId')],
  ['GET /servicePrincipals/:principal/appRoleAssignedTo', assignmentsBy('resourceId')],
];
