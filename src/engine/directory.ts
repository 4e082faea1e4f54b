import { isFailure } from '#domain/failure';
import type { UserId } from '#domain/ids';
import type { Role } from '#domain/part';
import type { Policy } from '#domain/policy';
import type { PersonView } from '#domain/subject';
import type { Graph, Shape } from '#engine/ports/graph';

/** Least application permissions of what this file reads; `latchkey doctor` asks for them beside those of the steps. */
export const directoryPermissions = ['User.Read.All', 'GroupMember.Read.All'] as const;

const selected =
  'id,displayName,userPrincipalName,mail,jobTitle,department,officeLocation,accountEnabled,userType,onPremisesSyncEnabled';

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A Graph user as people see it. Graph leaves out or nulls what is not set. */
const person: Shape<PersonView> = {
  parse(value) {
    if (!isRecord(value)) throw new TypeError('a user is an object');
    const userId = text(value['id']);
    const userPrincipalName = text(value['userPrincipalName']);
    if (!userId || !userPrincipalName) throw new TypeError('a user has id and userPrincipalName');
    const optional = {
      mail: text(value['mail']),
      jobTitle: text(value['jobTitle']),
      department: text(value['department']),
      officeLocation: text(value['officeLocation']),
    };
    const known = Object.fromEntries(Object.entries(optional).filter(([, v]) => v !== undefined));
    return {
      userId,
      userPrincipalName,
      displayName: text(value['displayName']) ?? userPrincipalName,
      accountEnabled: value['accountEnabled'] !== false,
      userType: value['userType'] === 'Guest' ? 'Guest' : 'Member',
      onPremisesSyncEnabled: value['onPremisesSyncEnabled'] === true,
      ...known,
    };
  },
};

const idOnly: Shape<string> = {
  parse(value) {
    const id = isRecord(value) ? text(value['id']) : undefined;
    if (!id) throw new TypeError('an object with an id is wanted');
    return id;
  },
};

/** Reads one person by object id or userPrincipalName; `undefined`: Entra knows nobody by that. */
export async function readPerson(graph: Graph, idOrUpn: string): Promise<PersonView | undefined> {
  return absentAsUndefined(graph.get(`/users/${encodeURIComponent(idOrUpn)}?$select=${selected}`, person));
}

/**
 * Finds people by what somebody typed: object id, userPrincipalName, mail, or the whole display name. Exact matches only: a
 * person is never picked by nearest match. Several: the caller asks which.
 */
export async function findPeople(graph: Graph, typed: string): Promise<readonly PersonView[]> {
  const wanted = typed.trim();
  if (wanted === '') return [];
  if (guid.test(wanted) || wanted.includes('@')) {
    const direct = await readPerson(graph, wanted);
    if (direct) return [direct];
  }
  const quoted = `'${wanted.replaceAll("'", "''")}'`;
  const property = wanted.includes('@') ? 'mail' : 'displayName';
  return graph.list(`/users?$filter=${encodeURIComponent(`${property} eq ${quoted}`)}&$select=${selected}`, person);
}

/** `undefined`: nobody is set as manager. */
export async function readManager(graph: Graph, userId: UserId): Promise<PersonView | undefined> {
  return absentAsUndefined(graph.get(`/users/${userId}/manager?$select=${selected}`, person));
}

/** Whether a person sits in the group that policy.yaml names for a role, read now: nested groups count. */
export async function isInRole(graph: Graph, policy: Policy, role: Role, userId: UserId): Promise<boolean> {
  return isInAnyGroup(graph, [policy.people[role].id], userId);
}

async function isInAnyGroup(graph: Graph, groupIds: readonly string[], userId: UserId): Promise<boolean> {
  return (await groupsAmong(graph, groupIds, userId)).length > 0;
}

async function groupsAmong(graph: Graph, groupIds: readonly string[], userId: UserId): Promise<readonly string[]> {
  if (groupIds.length === 0) return [];
  const answer: Shape<readonly string[]> = {
    parse(value) {
      const list = isRecord(value) ? value['value'] : undefined;
      if (!Array.isArray(list)) throw new TypeError('checkMemberGroups answers a list');
      return list.filter((id): id is string => typeof id === 'string');
    },
  };
  const found = await absentAsUndefined(graph.post(`/users/${userId}/checkMemberGroups`, { groupIds }, answer));
  return found ?? [];
}

const roles: readonly Role[] = ['hr', 'it', 'itLeadership', 'approvers', 'auditors'];

/** Every role of the policy that a person holds at this moment, in one request. */
export async function rolesOf(graph: Graph, policy: Policy, userId: UserId): Promise<readonly Role[]> {
  const groups = await groupsAmong(
    graph,
    roles.map((role) => policy.people[role].id),
    userId,
  );
  return roles.filter((role) => groups.includes(policy.people[role].id));
}

/** The people of a role who can sign in, nested groups included. */
export async function membersOfRole(graph: Graph, policy: Policy, role: Role): Promise<readonly PersonView[]> {
  const userOrOther: Shape<PersonView | undefined> = {
    parse: (value) => (isRecord(value) && text(value['userPrincipalName']) ? person.parse(value) : undefined),
  };
  const members = await graph.list(
    `/groups/${policy.people[role].id}/transitiveMembers?$select=${selected}`,
    userOrOther,
  );
  return members.filter((member): member is PersonView => member?.accountEnabled === true);
}

/** Break-glass, service and listed accounts: no case is opened for them. */
export async function isProtected(graph: Graph, policy: Policy, userId: UserId): Promise<boolean> {
  if (policy.protectedAccounts.userIds.includes(userId)) return true;
  return isInAnyGroup(
    graph,
    policy.protectedAccounts.groups.map((group) => group.id),
    userId,
  );
}

export async function directReports(graph: Graph, userId: UserId): Promise<readonly string[]> {
  return graph.list(`/users/${userId}/directReports?$select=id`, idOnly);
}

async function absentAsUndefined<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isFailure(error, 'not-found')) return undefined;
    throw error;
  }
}
