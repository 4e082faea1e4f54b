import { actorId } from '#domain/actor';
import type { CaseState } from '#domain/case-state';
import type { UserId } from '#domain/ids';
import type { Instant } from '#domain/instant';
import type { Decider, Part, Requirement, Role } from '#domain/part';
import { delegatedWords, delegationFrom, delegationsTo } from '#engine/delegation';
import { isInRole, readPerson } from '#engine/directory';
import type { Engine } from '#engine/engine';
import { newcomerUntil } from '#engine/newcomer-until';
import { basePartId } from '#engine/plan-parts';

/** `newcomer`: the right is there, and does not count for what is elevated before `from`. */
export type DecisionRight =
  | { readonly kind: 'may'; readonly right: string }
  | { readonly kind: 'newcomer'; readonly role: Role; readonly from: Instant };

/** HR's own word that somebody leaves: nobody else's, and not for somebody else to give in their place. */
export function isHrsOwn({ requirementId }: Requirement): boolean {
  return requirementId === 'hr-confirms' || requirementId === 'second-hr';
}

/** By what right a person may decide this now, read from the directory at this moment. `undefined`: by none. */
export async function rightOf(
  engine: Engine,
  state: CaseState,
  part: Part,
  requirement: Requirement,
  userId: UserId,
): Promise<DecisionRight | undefined> {
  if (isBarred(state, part, requirement, userId)) return undefined;
  let waits: DecisionRight | undefined;
  for (const decider of requirement.of) {
    const right = await rightAs(engine, part, decider, userId);
    if (right?.kind === 'may') return right;
    waits ??= right;
  }
  return waits ?? (await rightInPlace(engine, state, part, requirement, userId));
}

/** Whoever asked for something elevated does not grant it, nor does somebody who asked for what they get. */
function isBarred({ record }: CaseState, part: Part, requirement: Requirement, userId: UserId): boolean {
  if (actorId(record.requestedBy) !== userId || requirement.requirementId === 'hr-confirms') return false;
  return part.risk !== 'routine' || getsIt(record.delegate?.userId, part, userId);
}

function getsIt(beneficiary: UserId | undefined, part: Part, userId: UserId): boolean {
  return beneficiary === userId && part.purpose !== 'deviation' && basePartId(part.partId) === 'hand-over';
}

async function rightAs(
  engine: Engine,
  part: Part,
  decider: Decider,
  userId: UserId,
): Promise<DecisionRight | undefined> {
  if (decider.kind === 'person')
    return decider.userId === userId ? { kind: 'may', right: `named in the plan as ${decider.as}` } : undefined;
  if (decider.except.includes(userId)) return undefined;
  if (!(await isInRole(engine.graph, engine.policy, decider.role, userId))) return undefined;
  const from = await tooNewUntil(engine, part, decider.role, userId);
  if (from !== undefined) return { kind: 'newcomer', role: decider.role, from };
  return { kind: 'may', right: memberOf(engine, decider.role) };
}

function memberOf({ policy }: Engine, role: Role): string {
  const group = policy.people[role];
  return `member of ${group.name} (${group.id})`;
}

/** In somebody's place: theirs who was asked by name, or theirs who is an approver. HR's own word is not given for somebody else. */
async function rightInPlace(
  engine: Engine,
  { record }: CaseState,
  part: Part,
  requirement: Requirement,
  userId: UserId,
): Promise<DecisionRight | undefined> {
  if (isHrsOwn(requirement) || getsIt(record.delegate?.userId, part, userId)) return undefined;
  for (const decider of requirement.of) {
    const right = await rightFor(engine, part, decider, userId);
    if (right) return { kind: 'may', right };
  }
  return undefined;
}

async function rightFor(engine: Engine, part: Part, decider: Decider, userId: UserId): Promise<string | undefined> {
  if (decider.kind === 'person') {
    const delegation = decider.as === 'requester' ? undefined : await delegationFrom(engine, decider.userId);
    return delegation?.to === userId ? delegatedWords(engine, delegation) : undefined;
  }
  if (decider.role !== 'approvers' || decider.except.includes(userId)) return undefined;
  for (const delegation of await delegationsTo(engine, userId))
    if (!decider.except.includes(delegation.from) && (await isInOffice(engine, part, decider.role, delegation.from)))
      return `${delegatedWords(engine, delegation)}, ${memberOf(engine, decider.role)}`;
  return undefined;
}

/** Rights end with the account, also where it still stands in the group. */
async function isInOffice(engine: Engine, part: Part, role: Role, userId: UserId): Promise<boolean> {
  const person = await readPerson(engine.graph, userId);
  if (person?.accountEnabled !== true) return false;
  if (!(await isInRole(engine.graph, engine.policy, role, userId))) return false;
  return (await tooNewUntil(engine, part, role, userId)) === undefined;
}

/** Until when a member of a deciding group is too new for this part; `undefined`: they may decide it now. */
async function tooNewUntil(engine: Engine, part: Part, role: Role, userId: UserId): Promise<Instant | undefined> {
  if (part.risk === 'routine' && part.purpose !== 'deviation') return undefined;
  return newcomerUntil(engine, role, userId);
}
