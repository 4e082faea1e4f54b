import { type CaseState, changesOf } from '#domain/case-state';
import { hasEnded } from '#domain/change';
import type { Decision, Part, Requirement } from '#domain/part';

export type RequirementStatus = 'awaiting' | 'approved' | 'rejected';
export type PartStatus = 'awaiting' | 'approved' | 'rejected' | 'running' | 'ended';

/** Decisions that count for this requirement: same part as shown (hash), same round. An edit leaves the others behind. */
export function decisionsFor(
  part: Part,
  requirement: Requirement,
  decisions: readonly Decision[],
): readonly Decision[] {
  return decisions.filter(
    (d) =>
      d.partHash === part.partHash && d.requirementId === requirement.requirementId && d.round === requirement.round,
  );
}

export function requirementStatus(
  part: Part,
  requirement: Requirement,
  decisions: readonly Decision[],
): RequirementStatus {
  const counted = decisionsFor(part, requirement, decisions);
  if (counted.some((d) => d.outcome === 'rejected')) return 'rejected';
  const approvals = counted.filter((d) => d.outcome === 'approved').length;
  return approvals >= needed(requirement) ? 'approved' : 'awaiting';
}

function needed(requirement: Requirement): number {
  switch (requirement.rule.kind) {
    case 'one':
      return 1;
    case 'all':
      return requirement.of.length;
    case 'n':
      return requirement.rule.n;
  }
}

/** The requirements that wait for somebody now: those of the lowest stage that is not yet approved. */
export function openRequirements(part: Part, decisions: readonly Decision[]): readonly Requirement[] {
  const open = part.requirements.filter((r) => requirementStatus(part, r, decisions) === 'awaiting');
  const stage = Math.min(...open.map((r) => r.stage));
  return open.filter((r) => r.stage === stage);
}

export function isApproved(part: Part, decisions: readonly Decision[]): boolean {
  return part.requirements.every((r) => requirementStatus(part, r, decisions) === 'approved');
}

export function isRejected(part: Part, decisions: readonly Decision[]): boolean {
  return part.requirements.some((r) => requirementStatus(part, r, decisions) === 'rejected');
}

/** Derived, never stored. */
export function partStatus(state: CaseState, part: Part): PartStatus {
  if (isRejected(part, state.decisions)) return 'rejected';
  if (!isApproved(part, state.decisions)) return 'awaiting';
  if (part.startedAt === undefined) return 'approved';
  if (part.replan) return 'running';
  return changesOf(state, part).every(hasEnded) ? 'ended' : 'running';
}
