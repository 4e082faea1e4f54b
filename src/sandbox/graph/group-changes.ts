import { groupTrue, isUnified } from '#sandbox/graph/group-resource';
import { type Answer, badRequest, insufficientPrivileges, noContent, resourceNotFound } from '#sandbox/http/answers';
import { bodyObject, param, type RoutedCall } from '#sandbox/http/call';
import type { Route } from '#sandbox/http/router';
import { type Group, withGroup } from '#sandbox/tenant/world';

/** What Graph refuses to write to a group, before it looks at whom it is about. */
function checkWritable(call: RoutedCall, group: Group): void {
  if (typeof group.properties['membershipRule'] === 'string') throw insufficientPrivileges();
  if (group.properties['onPremisesSyncEnabled'] === true) {
    throw badRequest(
      'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
    );
  }
  if (group.properties['mailEnabled'] === true && !isUnified(group)) {
    throw badRequest('Cannot Update a mail-enabled security groups and or distribution list.');
  }
  if (group.properties['isAssignableToRole'] === true && call.tenant.dials().appRoleTooLow) {
    throw insufficientPrivileges();
  }
}

/** The object that `{"@odata.id": "https://…/directoryObjects/{id}"}` points at. */
function referenced(call: RoutedCall): string {
  const reference = bodyObject(call)['@odata.id'];
  if (typeof reference !== 'string') throw badRequest("The '@odata.id' of the reference is missing.");
  const id = reference.split('/').at(-1)?.toLowerCase() ?? '';
  const world = call.tenant.truth();
  const user = world.users[id];
  const found = world.groups[id] !== undefined || (user !== undefined && user.deletedDateTime === null);
  if (!found) throw resourceNotFound(id);
  return id;
}

type Side = 'memberIds' | 'ownerIds';
const words = { memberIds: 'members', ownerIds: 'owners' } as const;

const add =
  (side: Side) =>
  (call: RoutedCall): Answer => {
    const group = groupTrue(call);
    checkWritable(call, group);
    const id = referenced(call);
    if (group[side].includes(id)) {
      throw badRequest(
        `One or more added object references already exist for the following modified properties: '${words[side]}'.`,
      );
    }
    call.tenant.write(withGroup(call.tenant.truth(), { ...group, [side]: [...group[side], id] }));
    return noContent;
  };

const remove =
  (side: Side) =>
  (call: RoutedCall): Answer => {
    const group = groupTrue(call);
    checkWritable(call, group);
    const id = param(call, 'object').toLowerCase();
    if (!group[side].includes(id)) throw resourceNotFound(id);
    if (side === 'ownerIds' && group.ownerIds.length === 1) {
      throw badRequest('The group must have at least one owner, hence this owner cannot be removed.');
    }
    const left = group[side].filter((other) => other !== id);
    call.tenant.write(withGroup(call.tenant.truth(), { ...group, [side]: left }));
    return noContent;
  };

export const groupChangeRoutes: readonly Route[] = [
  ['POST /groups/:group/members/$ref', add('memberIds')],
  ['DELETE /groups/:group/members/:object/$ref', remove('memberIds')],
  ['POST /groups/:group/owners/$ref', add('ownerIds')],
  ['DELETE /groups/:group/owners/:object/$ref', remove('ownerIds')],
];
