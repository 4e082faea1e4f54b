import { z } from 'zod';
import { type Finding, looking, missing, note, ok } from '#app/cli/finding';
import { isFailure } from '#domain/failure';
import type { Role } from '#domain/part';
import type { GroupRef, Policy } from '#domain/policy';
import { membersOfRole, readPerson } from '#engine/directory';
import type { Graph } from '#engine/ports/graph';

const duties: Readonly<Record<Role, string>> = {
  hr: 'starts leavers and confirms them',
  it: 'owns exceptions',
  itLeadership: 'gets the completion cards',
  approvers: 'decides where policy asks for somebody else',
  auditors: 'reads cases and evidence',
};

/** Roles that nobody may be missing from: without them a case cannot begin, or its exceptions would have no owner. */
const essential: readonly Role[] = ['hr', 'it'];

const group = z.object({ id: z.string(), displayName: z.string().nullish() });

/** Holds the policy file against the tenant: groups, their members who can sign in, and the fallback approver. */
export async function checkPeople(graph: Graph, policy: Policy): Promise<readonly Finding[]> {
  const roles = Object.keys(duties).filter((name): name is Role => name in policy.people);
  const found = await Promise.all([
    ...roles.map((role) => looking(`Group of people.${role}`, () => checkRole(graph, policy, role))),
    ...policy.protectedAccounts.groups.map((ref) =>
      looking(`Protected group ${ref.name}`, () => checkGroup(graph, ref, 'protectedAccounts.groups')),
    ),
    ...policy.protectedAccounts.userIds.map((id) =>
      looking(`Protected account ${id}`, () => checkPerson(graph, id, 'protectedAccounts.userIds', false)),
    ),
    looking('Fallback approver', () => checkPerson(graph, policy.fallbackApprover, 'fallbackApprover', true)),
  ]);
  const unprotected =
    policy.protectedAccounts.groups.length + policy.protectedAccounts.userIds.length === 0
      ? [
          missing(
            'protectedAccounts names nobody: list break-glass and service accounts, so that no case is ever opened for them.',
          ),
        ]
      : [];
  return [...found.flat(), ...unprotected];
}

async function checkRole(graph: Graph, policy: Policy, role: Role): Promise<readonly Finding[]> {
  const ref = policy.people[role];
  const there = await checkGroup(graph, ref, `people.${role}`);
  if (there.some(({ level }) => level === 'missing')) return there;
  const members = await membersOfRole(graph, policy, role);
  const wanted = role === 'hr' && policy.leaver.nowNeedsSecondHr ? 2 : 1;
  if (members.length >= wanted)
    return [...renamed(there), ok(`people.${role}: ${ref.name}, ${members.length} who can sign in`)];
  const why =
    role === 'hr' && members.length === 1 ? 'a leaver "now" needs a second person of HR' : `it ${duties[role]}`;
  const text = `people.${role}: ${ref.name} has ${members.length} who can sign in, and ${why}. Add people: Entra admin centre > Groups > ${ref.name} > Members.`;
  return [...renamed(there), essential.includes(role) ? missing(text) : note(text)];
}

function renamed(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ level }) => level === 'note');
}

async function checkGroup(graph: Graph, ref: GroupRef, where: string): Promise<readonly Finding[]> {
  try {
    const { displayName } = await graph.get(`/groups/${ref.id}?$select=id,displayName`, group);
    return displayName === ref.name
      ? [ok(`${where}: ${ref.name}`)]
      : [
          note(
            `${where}: the policy file calls group ${ref.id} "${ref.name}", Entra calls it "${displayName ?? ''}". Is it the one you mean?`,
          ),
        ];
  } catch (error) {
    if (!isFailure(error, 'not-found')) throw error;
    return [
      missing(
        `${where}: there is no group ${ref.id} (${ref.name}). Put the object id of the right one into the policy file: Entra admin centre > Groups > the group > Overview.`,
      ),
    ];
  }
}

async function checkPerson(graph: Graph, id: string, where: string, mustDecide: boolean): Promise<readonly Finding[]> {
  const person = await readPerson(graph, id);
  const mend =
    'Put the object id of the right person into the policy file: Entra admin centre > Users > the person > Overview.';
  if (!person) return [missing(`${where}: there is nobody with the object id ${id}. ${mend}`)];
  if (mustDecide && person.accountEnabled === false)
    return [
      missing(
        `${where}: ${person.displayName} cannot sign in, and would have to decide where there is no manager. ${mend}`,
      ),
    ];
  if (mustDecide && person.userType === 'Guest')
    return [missing(`${where}: ${person.displayName} is a guest, and a guest decides nothing. ${mend}`)];
  return [ok(`${where}: ${person.displayName}`)];
}
