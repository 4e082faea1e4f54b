import type { CaseRecord } from '#domain/case';
import type { CaseState } from '#domain/case-state';
import type { UserId } from '#domain/ids';
import type { Decider, Part, PassedOver, Requirement } from '#domain/part';
import type { PersonView } from '#domain/subject';
import { absenceOf, knownPerson, managerNow } from '#engine/availability';
import { barredFrom } from '#engine/decision-times';
import { delegationFrom } from '#engine/delegation';
import type { Engine } from '#engine/engine';
import type { EvidenceEntry } from '#engine/ports/store';
import { requirementEntry } from '#engine/requirement-entry';

export interface Looked {
  readonly requirement: Requirement;
  readonly evidence: readonly EvidenceEntry[];
}

type Named = Decider & { readonly kind: 'person' };

/**
 * Looks whether those who are asked by name can decide in time, and puts somebody else beside whoever cannot. They keep their right:
 * who decides from the beach decides. A requester is asked for their own word, which nobody gives for them.
 */
export async function passOverAbsent(
  engine: Engine,
  state: CaseState,
  part: Part,
  requirement: Requirement,
): Promise<Looked> {
  let looked: Looked = { requirement, evidence: [] };
  for (const decider of requirement.of) {
    if (decider.kind !== 'person' || decider.as === 'requester') continue;
    if (requirement.passedOver?.some(({ userId }) => userId === decider.userId)) continue;
    const why = await absenceOf(engine, decider.userId, requirement.dueAt);
    if (!why) continue;
    const inPlace = await standInFor(engine, state.record, looked.requirement, decider);
    looked = await passed(engine, part, looked, { userId: decider.userId, why, inPlace });
  }
  return looked;
}

async function passed(
  engine: Engine,
  part: Part,
  { requirement, evidence }: Looked,
  over: Omit<PassedOver, 'at'>,
): Promise<Looked> {
  const { userId, why, inPlace } = over;
  const at = engine.clock.tenantNow();
  const entry = await requirementEntry(engine, part, requirement, 'decider.passed-over', {
    decider: userId,
    why,
    inPlace: inPlace.kind === 'person' ? inPlace.userId : inPlace.role,
  });
  const passedOver = [...(requirement.passedOver ?? []), { ...over, at }];
  return { requirement: { ...withDeciders(requirement, [inPlace]), passedOver }, evidence: [...evidence, entry] };
}

/** Asks more people; how many have to agree stays as it was. */
export function withDeciders(requirement: Requirement, more: readonly Decider[]): Requirement {
  const fresh = more.filter((decider) => !isAsked(requirement, decider));
  if (fresh.length === 0) return requirement;
  const { rule, of } = requirement;
  return {
    ...requirement,
    of: [...of, ...fresh],
    rule: rule.kind === 'all' ? { kind: 'n', n: of.length } : rule,
  };
}

function isAsked({ of }: Requirement, decider: Decider): boolean {
  return of.some((d) =>
    d.kind === 'person'
      ? decider.kind === 'person' && d.userId === decider.userId
      : decider.kind === 'role' && d.role === decider.role,
  );
}

/** Their delegate, their manager, the fallback approver: the first who can. Where a group is asked anyway, it is the group. */
async function standInFor(
  engine: Engine,
  record: CaseRecord,
  requirement: Requirement,
  decider: Named,
): Promise<Decider> {
  const group = requirement.rule.kind === 'one' ? requirement.of.find(({ kind }) => kind === 'role') : undefined;
  if (group) return group;
  const can = (person: PersonView | undefined) => canStandIn(engine, record, requirement, person);
  const delegate = (await delegationFrom(engine, decider.userId))?.to;
  if (delegate && (await can(await knownPerson(engine, delegate))))
    return { kind: 'person', userId: delegate, as: 'named' };
  const manager = await managerNow(engine, decider.userId);
  if (manager && (await can(manager))) return { kind: 'person', userId: manager.userId, as: 'escalation' };
  const { fallbackApprover } = engine.policy;
  if (await can(await knownPerson(engine, fallbackApprover)))
    return { kind: 'person', userId: fallbackApprover, as: 'fallback' };
  return escalationRole(engine, record);
}

async function canStandIn(
  engine: Engine,
  record: CaseRecord,
  requirement: Requirement,
  person: PersonView | undefined,
): Promise<boolean> {
  if (!person || !isUsable(record, person)) return false;
  if (isAsked(requirement, { kind: 'person', userId: person.userId, as: 'named' })) return false;
  return (await absenceOf(engine, person.userId, requirement.dueAt)) === undefined;
}

/** Somebody who can sign in, belongs to the firm, and neither leaves, asked for the case nor gains from it. */
export function isUsable(record: CaseRecord, { userId, accountEnabled, userType }: PersonView): boolean {
  return accountEnabled !== false && userType !== 'Guest' && !barredFrom(record).includes(userId);
}

/** The group that is asked when there is nobody nearer. */
export function escalationRole({ policy }: Engine, record: CaseRecord): Decider {
  const except: readonly UserId[] = barredFrom(record);
  return { kind: 'role', role: policy.decisions.escalateTo, except };
}
