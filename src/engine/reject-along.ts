import type { CaseState } from '#domain/case-state';
import type { Decision, Part } from '#domain/part';
import { isRejected } from '#domain/part-status';
import { movedCards } from '#engine/change-journal';
import { decisionEntries } from '#engine/decision-evidence';
import type { Duty } from '#engine/duty';
import { decisionWrite, touchCase } from '#engine/keys';
import { basePartId } from '#engine/plan-parts';

/**
 * Where the policy says that one rejected part ends the case, the parts that have not begun are rejected with it. Closing access
 * never is: that was confirmed by HR and depends on nobody's wish.
 */
export const rejectAlong: Duty = {
  async act(run, state, now) {
    const { engine } = run;
    if (engine.policy.decisions.onReject !== 'case') return false;
    const rejected = planned(state).find((part) => isRejected(part, state.decisions));
    const along = planned(state).filter((part) => endsWith(part) && !isRejected(part, state.decisions));
    if (!rejected || along.length === 0) return false;
    const decisions = along.flatMap((part) =>
      part.requirements.slice(0, 1).map(
        (r): Decision => ({
          tenantId: engine.tenantId,
          caseId: part.caseId,
          partId: part.partId,
          partHash: part.partHash,
          requirementId: r.requirementId,
          round: r.round,
          decidedBy: 'clock',
          outcome: 'rejected',
          reason: `${rejected.title} was rejected, and the rules end what has not begun with it`,
          right: `the policy ends the case with a rejected part (${rejected.partId})`,
          decidedAt: now,
        }),
      ),
    );
    await run.commit({
      state: [touchCase(state), ...decisions.map(decisionWrite)],
      evidence: await decisionEntries(engine, decisions),
      outbox: movedCards(state),
    });
    return true;
  },
  // A rejection wakes the case by itself.
  dueAt: () => undefined,
};

function planned(state: CaseState): readonly Part[] {
  return state.parts.filter(({ purpose }) => purpose === 'do');
}

function endsWith(part: Part): boolean {
  return part.startedAt === undefined && part.requirements.length > 0 && basePartId(part.partId) !== 'access';
}
