import { type DirectoryRole, directoryRoles } from '#sandbox/firm/directory-roles';
import type { Group, User, World } from '#sandbox/tenant/world';

/** Groups that have this object (a user or a group) as a direct member. */
export function groupsOf(world: World, memberId: string): readonly Group[] {
  return Object.values(world.groups).filter((group) => group.memberIds.includes(memberId));
}

/** Groups that the object is in directly or through other groups. */
export function transitiveGroupsOf(world: World, memberId: string): readonly Group[] {
  const found = new Map<string, Group>();
  const queue = [memberId];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const group of groupsOf(world, id)) {
      if (found.has(group.id)) continue;
      found.set(group.id, group);
      queue.push(group.id);
    }
  }
  return [...found.values()];
}

/** Ids of all users and groups inside a group, through nested groups too. */
export function transitiveMembersOf(world: World, group: Group): readonly string[] {
  const found = new Set<string>();
  const queue = [...group.memberIds];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    queue.push(...(world.groups[id]?.memberIds ?? []));
  }
  return [...found];
}

/** Directory roles assigned to one of these principals. */
export function rolesOf(world: World, principalIds: readonly string[]): readonly DirectoryRole[] {
  const held = world.roleAssignments
    .filter((assignment) => principalIds.includes(assignment.principalId))
    .map((assignment) => assignment.roleDefinitionId);
  return directoryRoles.filter((role) => held.includes(role.templateId));
}

/**
 * Whether sensitive changes to this user need a privileged role of the app: holders of a directory role, and members and
 * owners of role-assignable groups.
 */
export function isPrivileged(world: World, user: User): boolean {
  if (rolesOf(world, [user.id]).length > 0) return true;
  return Object.values(world.groups).some(
    (group) =>
      group.properties['isAssignableToRole'] === true &&
      (group.memberIds.includes(user.id) || group.ownerIds.includes(user.id)),
  );
}
