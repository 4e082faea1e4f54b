import { buildGroups } from '#sandbox/firm/build-groups';
import { buildMailboxes } from '#sandbox/firm/build-mailboxes';
import { buildPeople } from '#sandbox/firm/build-people';
import { seededRoleAssignments } from '#sandbox/firm/directory-roles';
import { processLicences } from '#sandbox/tenant/licences';
import { applyDynamicRules } from '#sandbox/tenant/processing';
import type { World } from '#sandbox/tenant/world';

/** The firm as it stands at `now`: dynamic rules are evaluated and group-based licences given. */
export function buildWorld(now: Date): World {
  let world: World = {
    users: buildPeople(now),
    groups: buildGroups(),
    mailboxes: buildMailboxes(),
    roleAssignments: seededRoleAssignments,
  };
  for (const user of Object.values(world.users)) world = applyDynamicRules(world, user);
  for (const id of Object.keys(world.users)) world = processLicences(world, id, {}, '2024-01-08T09:00:00Z');
  return world;
}
