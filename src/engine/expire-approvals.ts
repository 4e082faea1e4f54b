import type { CaseState } from '#domain/case-state';
import { type Instant, isAtOrAfter, plusMs } from '#domain/instant';
import type { Decision, Part, Requirement } from '#domain/part';
import { decisionsFor, isApproved } from '#domain/part-status';
import { askedCards, askMessages, audiencesOf } from '#engine/asked-people';
import type { CaseRun } from '#engine/case-run';
import { freshDeadline } from '#engine/decision-times';
import { caseMessage, partWrite, touchCase } from '#engine/keys';
import { basePartId } from '#engine/plan-parts';
import { requirementEntry } from '#engine/requirement-entry';

const day = 86_400_000;

/**
 * An approval that was not used for so long is asked for again, in a new round, at the moment its part would begin. What closes a
 * leaver's access is confirmed once: it never waits for this.
 */
export async function expireApprovals(run: CaseRun, state: CaseState, now: Instant): Promise<boolean> {
  const { heldUntil } = state.record;
  if (heldUntil !== undefined && !isAtOrAfter(now, heldUntil)) return false;
  for (const part of state.parts) {
    if (!isAboutToBegin(state, part, now)) continue;
    const expired = part.requirements.filter((r) => oldApprovals(run, state, part, r, now).length > 0);
    if (expired.length === 0) continue;
    await askAnew(run, state, part, expired, now);
    return true;
  }
  return false;
}

function isAboutToBegin(state: CaseState, part: Part, now: Instant): boolean {
  if (part.purpose === 'deviation' || part.startedAt !== undefined || !isAtOrAfter(now, part.startsAt)) return false;
  if (state.record.kind === 'leaver' && basePartId(part.partId) === 'access') return false;
  return isApproved(part, state.decisions);
}

function oldApprovals(
  { engine }: CaseRun,
  state: CaseState,
  part: Part,
  requirement: Requirement,
  now: Instant,
): readonly Decision[] {
  const validMs = engine.policy.decisions.approvalValidDays * day;
  return decisionsFor(part, requirement, state.decisions).filter(
    (d) => d.decidedBy !== 'clock' && isAtOrAfter(now, plusMs(d.decidedAt, validMs)),
  );
}

async function askAnew(
  run: CaseRun,
  state: CaseState,
  part: Part,
  expired: readonly Requirement[],
  now: Instant,
): Promise<void> {
  const { engine } = run;
  const anew = (requirement: Requirement): Requirement => {
    const { reminded: _r, escalatedAt: _e, afterOutage: _o, ...kept } = requirement;
    const dueAt = freshDeadline(engine, state.record, requirement, now);
    return { ...kept, round: requirement.round + 1, askedAt: now, dueAt };
  };
  const requirements = part.requirements.map((r) => (expired.includes(r) ? anew(r) : r));
  const evidence = await Promise.all(
    expired.map((requirement) =>
      requirementEntry(engine, part, requirement, 'approval.expired', {
        approvals: oldApprovals(run, state, part, requirement, now).map(({ decidedBy, decidedAt }) => ({
          by: decidedBy,
          at: decidedAt,
        })),
      }),
    ),
  );
  const audiences = await Promise.all(expired.map((requirement) => audiencesOf(engine, requirement)));
  await run.commit({
    state: [touchCase(state), partWrite({ ...part, requirements })],
    evidence,
    outbox: [
      ...(await askedCards(engine, state)),
      ...askMessages(part, audiences.flat()),
      ...audiences.flat().map((audience) => caseMessage(part.caseId, audience, againSlot(part.partId, requirements))),
    ],
  });
}

/** Teams tells nobody of an edited card: a short text says that it is asked anew, once for each round. */
function againSlot(partId: string, requirements: readonly Requirement[]): `again:${string}` {
  return `again:${partId}.${requirements.map(({ requirementId, round }) => `${requirementId}.${round}`).join('.')}`;
}
