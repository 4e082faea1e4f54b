import { tenantId } from '#sandbox/firm/ids';
import { groupSeen, groupTrue, isTeam } from '#sandbox/graph/group-resource';
import { userSeen } from '#sandbox/graph/user-resource';
import { type Answer, noContent, ok, Refusal } from '#sandbox/http/answers';
import { allowQuery, directoryView, param, type RoutedCall } from '#sandbox/http/call';
import type { Route } from '#sandbox/http/router';
import { page } from '#sandbox/query/paging';
import { groupsOf } from '#sandbox/tenant/memberships';
import { type Group, type JsonObject, textOf, type World, withGroup } from '#sandbox/tenant/world';

function joinedTeams(call: RoutedCall): Answer {
  allowQuery(call);
  const teams = groupsOf(directoryView(call), userSeen(call).id).filter(isTeam);
  const value = teams.map((group) => ({
    id: group.id,
    displayName: textOf(group, 'displayName'),
    description: textOf(group, 'description'),
    tenantId,
    isArchived: false,
  }));
  return ok(page(call, 'teams', value));
}

const noTeam = (): Refusal => new Refusal(404, 'NotFound', 'No team found with Group Id.');

function teamOf(group: Group): Group {
  if (!isTeam(group)) throw noTeam();
  return group;
}

const membershipId = (group: Group, userId: string): string =>
  Buffer.from(`MCMjMCMj${tenantId}##${group.id}##${userId}`).toString('base64url');

function memberResource(world: World, group: Group, userId: string): readonly JsonObject[] {
  const user = world.users[userId];
  if (user === undefined || user.deletedDateTime !== null) return [];
  return [
    {
      '@odata.type': '#microsoft.graph.aadUserConversationMember',
      id: membershipId(group, userId),
      roles: group.ownerIds.includes(userId) ? ['owner'] : [],
      displayName: textOf(user, 'displayName'),
      visibleHistoryStartDateTime: '0001-01-01T00:00:00Z',
      userId,
      email: textOf(user, 'mail'),
      tenantId,
    },
  ];
}

const peopleOf = (group: Group): readonly string[] => [...new Set([...group.memberIds, ...group.ownerIds])];

/** Takes the one filter that there is: `(microsoft.graph.aadUserConversationMember/userId eq '{id}')`. */
function members(call: RoutedCall): Answer {
  allowQuery(call, '$filter', '$top', '$skiptoken');
  const group = teamOf(groupSeen(call));
  const filter = call.query.get('$filter');
  const [, userId] = /aadUserConversationMember\/userId eq '([^']+)'/.exec(filter ?? '') ?? [];
  if (filter !== null && userId === undefined) throw new Refusal(400, 'BadRequest', 'Invalid filter clause.');
  const ids = peopleOf(group).filter((id) => userId === undefined || id === userId.toLowerCase());
  return ok(
    page(
      call,
      `teams('${group.id}')/members`,
      ids.flatMap((id) => memberResource(directoryView(call), group, id)),
    ),
  );
}

function removeMember(call: RoutedCall): Answer {
  const group = teamOf(groupTrue(call));
  const userId = peopleOf(group).find((id) => membershipId(group, id) === param(call, 'membership'));
  if (userId === undefined) throw new Refusal(404, 'NotFound', 'The membership was not found.');
  const ownerIds = group.ownerIds.filter((id) => id !== userId);
  if (group.ownerIds.length > 0 && ownerIds.length === 0) {
    throw new Refusal(400, 'BadRequest', 'The last owner of a team cannot be removed.');
  }
  const memberIds = group.memberIds.filter((id) => id !== userId);
  call.tenant.write(withGroup(call.tenant.truth(), { ...group, memberIds, ownerIds }));
  return noContent;
}

export const teamRoutes: readonly Route[] = [
  ['GET /users/:user/joinedTeams', joinedTeams],
  ['GET /teams/:group/members', members],
  ['DELETE /teams/:group/members/:membership', removeMember],
];
