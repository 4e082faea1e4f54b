import type { CaseState } from '#domain/case-state';
import { isAtOrAfter } from '#domain/instant';
import type { Decision, Requirement } from '#domain/part';
import type { ReadRow } from './evidence-rows.js';
import { roles } from './firm.js';

/** Each requirement was answered once, by somebody who may, and the record counts as many decisions as the store. */
export function decisionsAreRight(state: CaseState, rows: readonly ReadRow[]): readonly string[] {
  const found: string[] = [];
  const answered = new Map<string, number>();
  for (const decision of state.decisions) {
    const name = `${decision.partHash}/${decision.requirementId}/${decision.round}`;
    answered.set(name, (answered.get(name) ?? 0) + 1);
    found.push(...mayDecide(state, decision));
  }
  for (const [name, count] of answered) if (count > 1) found.push(`${name} was answered ${count} times`);
  const recorded = rows.filter((row) => row.type === 'part.approved' || row.type === 'part.rejected').length;
  if (recorded !== state.decisions.length)
    found.push(`${state.decisions.length} decisions are stored and ${recorded} are on the record`);
  return found;
}

function mayDecide(state: CaseState, decision: Decision): readonly string[] {
  const requirement = state.parts
    .find((part) => part.partHash === decision.partHash)
    ?.requirements.find((r) => r.requirementId === decision.requirementId);
  if (!requirement) return [`${decision.decidedBy} decided ${decision.requirementId} of no part`];
  if (decision.decidedBy === 'clock') return silenceMayDecide(requirement, decision);
  return requirement.of.some((decider) =>
    decider.kind === 'person'
      ? decider.userId === decision.decidedBy
      : !decider.except.includes(decision.decidedBy) && roles[decision.decidedBy]?.includes(decider.role),
  ) && decision.decidedBy !== state.record.person.userId
    ? []
    : [`${decision.decidedBy} decided ${decision.requirementId} and may not`];
}

function silenceMayDecide(requirement: Requirement, decision: Decision): readonly string[] {
  if (requirement.onSilence === 'wait-and-escalate') return [`the clock decided ${requirement.requirementId}`];
  return isAtOrAfter(decision.decidedAt, requirement.dueAt) ? [] : ['the clock decided before the deadline'];
}
