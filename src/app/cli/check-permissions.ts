import { type Finding, missing, note, ok } from '#app/cli/finding';
import type { Granted } from '#app/cli/granted';
import { knownPermission } from '#app/cli/known-permissions';
import { wantedFor, wantedPermissions } from '#app/cli/wanted-permissions';
import type { Workflow } from '#engine/workflow';

/** Holds what the steps declare against what was granted. `reading`: only what planning needs. */
export function checkPermissions(
  granted: Granted,
  workflows: readonly Workflow[],
  reading: boolean,
): readonly Finding[] {
  const wanted = wantedPermissions(workflows, reading);
  const lacking = wanted.filter(({ name }) => !holds(granted, name));
  const has = wanted.length - lacking.length;
  const tooWide = [...granted.permissions].filter((name) =>
    /^(Directory\.ReadWrite\.All|RoleManagement\.ReadWrite)/.test(name),
  );
  return [
    ...(has > 0 ? [ok(`${has} of ${wanted.length} permissions are granted (${granted.readFrom} says so)`)] : []),
    ...lacking.map((permission) => {
      const { api, appRoleId, allows } = knownPermission(permission.name);
      return missing(
        `Permission ${permission.name} (${api}, application, app role ${appRoleId}) to ${allows}; needed for ${wantedFor(permission)}. ` +
          `Grant it: Entra admin centre > App registrations > ${granted.name} > API permissions > Add a permission > ` +
          `${api === 'Microsoft Graph' ? api : `APIs my organization uses > ${api}`} > Application permissions > ${permission.name}, then Grant admin consent.`,
      );
    }),
    ...tooWide.map((name) => note(`Permission ${name} is granted, but no step asks for it: it can be taken back.`)),
  ];
}

function holds(granted: Granted, name: string): boolean {
  const known = knownPermission(name);
  return (
    granted.appRoleIds.has(known.appRoleId) ||
    granted.permissions.has(name) ||
    known.within.some((wider) => granted.permissions.has(wider))
  );
}
