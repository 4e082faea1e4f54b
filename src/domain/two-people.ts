import type { Decision, Part, Requirement } from '#domain/part';

export interface Asks {
  readonly part: Part;
  readonly requirement: Requirement;
}

/**
 * Leaves out what somebody else has to decide because this person stands behind the part already: whoever decides a requirement
 * that wants another pair of eyes decides no other of the same part, neither before nor after, nor with the same click.
 */
export function withAnotherPairOfEyes<T extends Asks>(
  asks: readonly T[],
  decisions: readonly Decision[],
  userId: string,
): readonly T[] {
  return asks.filter(({ part, requirement }, index) => {
    const before = decisions.filter(
      (d) => d.decidedBy === userId && d.partHash === part.partHash && d.requirementId !== requirement.requirementId,
    );
    const apart = (id: string) => part.requirements.find((r) => r.requirementId === id)?.apart === true;
    if (before.some((d) => requirement.apart || apart(d.requirementId))) return false;
    if (!requirement.apart) return true;
    return !asks.some(
      (other, at) =>
        other.part.partHash === part.partHash &&
        other.requirement.requirementId !== requirement.requirementId &&
        (!other.requirement.apart || at < index),
    );
  });
}
