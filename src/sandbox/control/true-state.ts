import { userResource } from '#sandbox/graph/user-resource';
import { resourceNotFound } from '#sandbox/http/answers';
import { effectiveSkus } from '#sandbox/tenant/licences';
import { groupsOf, rolesOf } from '#sandbox/tenant/memberships';
import { type Json, type JsonObject, type Mailbox, textOf, type World } from '#sandbox/tenant/world';

const asJson = (value: object): JsonObject => JSON.parse(JSON.stringify(value));

/** JSON with its names in order, so that equal states have equal text. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical((value as JsonObject)[name] ?? null)}`).join(',')}}`;
}

/** One user as they truly are, without lag: for tests that look past the replicas. */
export function stateOf(world: World, userId: string): JsonObject {
  const user = world.users[userId];
  if (user === undefined) throw resourceNotFound(userId);
  const mailbox = world.mailboxes[userId];
  return {
    user: userResource(user),
    managerId: user.managerId,
    methods: user.methods.map((method) => ({ id: method.id, type: method.type })),
    defaultMethodId: user.defaultMethodId,
    groups: groupsOf(world, userId).map((group) => ({ id: group.id, displayName: textOf(group, 'displayName') })),
    ownedGroups: Object.values(world.groups)
      .filter((group) => group.ownerIds.includes(userId))
      .map((group) => ({ id: group.id, displayName: textOf(group, 'displayName') })),
    directoryRoles: rolesOf(world, [userId]).map((role) => role.displayName),
    licences: [...effectiveSkus(user)],
    mailbox: mailbox === undefined ? null : asJson(mailbox),
    installedTeamsApps: [...user.installedTeamsApps],
  };
}

const timed = /DateTime$/;

function withoutTimes(properties: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !timed.test(name)));
}

function mailboxDigest(mailbox: Mailbox): JsonObject {
  const { autoReply, ...rest } = mailbox;
  const { scheduledStart, scheduledEnd, ...reply } = autoReply;
  const schedule = autoReply.status === 'scheduled' ? { scheduledStart, scheduledEnd } : {};
  const bySortedTrustee = (grants: Mailbox['fullAccess']): Json =>
    grants.map((grant) => `${grant.trustee} ${[...grant.accessRights].sort().join('+')}`).sort();
  return {
    ...asJson(rest),
    fullAccess: bySortedTrustee(mailbox.fullAccess),
    sendAs: bySortedTrustee(mailbox.sendAs),
    grantSendOnBehalfTo: [...mailbox.grantSendOnBehalfTo].sort(),
    autoReply: { ...reply, ...schedule },
  };
}

/**
 * The whole true state in a form that two runs can be compared by: times, and the order in which memberships and licences
 * came about, are left out.
 */
export function digestOf(world: World): JsonObject {
  const users = Object.values(world.users).map((user): [string, Json] => [
    user.id,
    {
      properties: withoutTimes(user.properties),
      managerId: user.managerId,
      deleted: user.deletedDateTime !== null,
      licences: user.directLicences
        .map((licence) => `${licence.skuId} ${[...licence.disabledPlans].sort().join()}`)
        .sort(),
      inherited: user.inheritedLicences.map((licence) => `${licence.skuId} ${licence.groupId} ${licence.state}`).sort(),
      methods: user.methods.map((method) => `${method.type} ${method.id}`).sort(),
      defaultMethodId: user.defaultMethodId,
      installedTeamsApps: [...user.installedTeamsApps].sort(),
    },
  ]);
  const groups = Object.values(world.groups).map((group): [string, Json] => [
    group.id,
    {
      properties: withoutTimes(group.properties),
      members: [...group.memberIds].sort(),
      owners: [...group.ownerIds].sort(),
    },
  ]);
  const mailboxes = Object.values(world.mailboxes).map((mailbox): [string, Json] => [
    mailbox.userId,
    mailboxDigest(mailbox),
  ]);
  return {
    users: Object.fromEntries(users),
    groups: Object.fromEntries(groups),
    mailboxes: Object.fromEntries(mailboxes),
    roleAssignments: world.roleAssignments.map((item) => `${item.principalId} ${item.roleDefinitionId}`).sort(),
  };
}
