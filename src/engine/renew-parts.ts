import { wantsNewDecider } from '#domain/amendment';
import type { CaseState } from '#domain/case-state';
import type { Decision, Part, Requirement } from '#domain/part';
import { basePartId } from '#engine/plan-parts';

/**
 * Parts of a plan that was made again. Where nothing that a part covers has changed its approvals stay, with everything that was
 * done to get them. Otherwise it is asked in a round that was never asked: a decision of some earlier plan, which happened to read
 * the same, does not come back to life.
 */
export function renewParts(state: CaseState, built: readonly Part[]): readonly Part[] {
  return built.map((part) => renewPart(state, part));
}

export function renewPart(state: CaseState, part: Part): Part {
  const before = state.parts.find((p) => p.partId === part.partId);
  const newDecider = wantsNewDecider(state.record) && basePartId(part.partId) === 'hand-over';
  if (before?.partHash === part.partHash && !newDecider) return { ...part, requirements: before.requirements };
  return {
    ...part,
    requirements: part.requirements.map((r) => ({ ...r, round: lastRound(state.decisions, part, r) + 1 })),
  };
}

function lastRound(decisions: readonly Decision[], part: Part, { requirementId }: Requirement): number {
  const rounds = decisions
    .filter((d) => d.partHash === part.partHash && d.requirementId === requirementId)
    .map(({ round }) => round);
  return Math.max(0, ...rounds);
}
