import { type Group, type Json, type JsonObject, textOf, type User, type World } from '#sandbox/tenant/world';

/** Who did something, as the audit log names them. */
export type Initiator =
  | { readonly user: { readonly id: string; readonly displayName: string; readonly userPrincipalName: string } }
  | {
      readonly app: {
        readonly appId: string | null;
        readonly displayName: string;
        readonly servicePrincipalId: string;
      };
    };

/** The account that the synchronisation with Active Directory signs in with. */
export const directorySync: Initiator = {
  user: {
    id: 'd0000000-0000-4000-8000-0000000000ad',
    displayName: 'On-Premises Directory Synchronization Service Account',
    userPrincipalName: 'Sync_NWT-DC01_4f1c2a7d90be@northwindtraders.onmicrosoft.com',
  },
};

/** What Entra does by itself some time after a change. */
export const entraItself: Initiator = {
  app: {
    appId: null,
    displayName: 'Microsoft Azure AD Group-Based Licensing',
    servicePrincipalId: 'd0000000-0000-4000-8000-0000000000ae',
  },
};

interface Happened {
  readonly activity: string;
  readonly category: 'UserManagement' | 'GroupManagement';
  readonly operationType: 'Update' | 'Assign' | 'Unassign' | 'Add' | 'Delete';
  readonly service: 'Core Directory' | 'Authentication Methods';
  readonly targets: readonly JsonObject[];
}

const modified = (displayName: string, oldValue: Json, newValue: Json): JsonObject => ({
  displayName,
  oldValue: oldValue === null ? null : JSON.stringify(oldValue),
  newValue: newValue === null ? null : JSON.stringify(newValue),
});

const userTarget = (user: User, modifiedProperties: readonly JsonObject[] = []): JsonObject => ({
  id: user.id,
  displayName: textOf(user, 'displayName'),
  type: 'User',
  userPrincipalName: textOf(user, 'userPrincipalName'),
  groupType: null,
  modifiedProperties,
});

const groupTarget = (group: Group): JsonObject => ({
  id: group.id,
  displayName: null,
  type: 'Group',
  userPrincipalName: null,
  groupType:
    Array.isArray(group.properties['groupTypes']) && group.properties['groupTypes'].includes('Unified')
      ? 'unifiedGroups'
      : 'azureAD',
  modifiedProperties: [],
});

const core = { category: 'UserManagement', operationType: 'Update', service: 'Core Directory' } as const;

/** Written by other logs, or by none. */
const elsewhere = ['signInActivity', 'onPremisesLastSyncDateTime'];

function userHappened(before: User, after: User): readonly Happened[] {
  const happened: Happened[] = [];
  const names = Object.keys(after.properties).filter(
    (name) => before.properties[name] !== after.properties[name] && !elsewhere.includes(name),
  );
  const enabled = after.properties['accountEnabled'] === true;
  if (names.includes('accountEnabled'))
    happened.push({ ...core, activity: enabled ? 'Enable account' : 'Disable account', targets: [userTarget(after)] });
  const [only] = names;
  if (names.length === 1 && only === 'signInSessionsValidFromDateTime')
    happened.push({ ...core, activity: 'Update StsRefreshTokenValidFrom Timestamp', targets: [userTarget(after)] });
  else if (names.length > 0) {
    const changed = names.map((name) => {
      const values = [before.properties[name] ?? null, after.properties[name] ?? null] as const;
      return modified(`${name.slice(0, 1).toUpperCase()}${name.slice(1)}`, [values[0]], [values[1]]);
    });
    happened.push({ ...core, activity: 'Update user', targets: [userTarget(after, changed)] });
  }
  if (before.directLicences !== after.directLicences)
    happened.push({ ...core, activity: 'Change user license', targets: [userTarget(after)] });
  const methods = {
    category: 'UserManagement',
    service: 'Authentication Methods',
    targets: [userTarget(after)],
  } as const;
  if (after.methods.length > before.methods.length)
    happened.push({ ...methods, activity: 'Admin registered security info', operationType: 'Add' });
  if (after.methods.length < before.methods.length)
    happened.push({ ...methods, activity: 'Admin deleted security info', operationType: 'Delete' });
  return happened;
}

function groupHappened(world: World, before: Group, after: Group): readonly Happened[] {
  const members = (ids: readonly string[], activity: string, operationType: 'Assign' | 'Unassign'): Happened[] =>
    ids.flatMap((id) => {
      const user = world.users[id];
      if (user === undefined) return [];
      const named = [
        modified('Group.ObjectID', null, after.id),
        modified('Group.DisplayName', null, textOf(after, 'displayName')),
      ];
      const targets = [userTarget(user, named), groupTarget(after)];
      return [{ activity, category: 'GroupManagement', operationType, service: 'Core Directory', targets }];
    });
  const added = after.memberIds.filter((id) => !before.memberIds.includes(id));
  const removed = before.memberIds.filter((id) => !after.memberIds.includes(id));
  return [
    ...members(added, 'Add member to group', 'Assign'),
    ...members(removed, 'Remove member from group', 'Unassign'),
  ];
}

function happenedBetween(before: World, after: World): readonly Happened[] {
  const users = Object.values(after.users).flatMap((user) => {
    const was = before.users[user.id];
    return was === undefined || was === user ? [] : userHappened(was, user);
  });
  const groups = Object.values(after.groups).flatMap((group) => {
    const was = before.groups[group.id];
    return was === undefined || was === group || was.memberIds === group.memberIds
      ? []
      : groupHappened(after, was, group);
  });
  return [...users, ...groups];
}

function initiatedBy(by: Initiator): JsonObject {
  if ('user' in by) return { user: { ...by.user, ipAddress: null }, app: null };
  return { user: null, app: { ...by.app, servicePrincipalName: null } };
}

/**
 * What Entra writes down about the way from one world to the next, compared by reference. `number` makes ids that differ.
 * https://learn.microsoft.com/graph/api/resources/directoryaudit
 */
export function auditRows(before: World, after: World, by: Initiator, at: Date, number: number): readonly JsonObject[] {
  return happenedBetween(before, after).map(({ activity, category, operationType, service, targets }, index) => ({
    id: `Directory_${at.getTime()}_${number + index}`,
    category,
    correlationId: `d1000000-0000-4000-8000-${String(number + index).padStart(12, '0')}`,
    result: 'success',
    resultReason: '',
    activityDisplayName: activity,
    activityDateTime: at.toISOString(),
    loggedByService: service,
    operationType,
    initiatedBy: initiatedBy(by),
    targetResources: targets,
    additionalDetails: [],
  }));
}
