import type { CaseState } from '#domain/case-state';
import { earliest, type Instant, isAtOrAfter, plusMs } from '#domain/instant';
import type { Decision, Part, Requirement } from '#domain/part';
import { requirementStatus } from '#domain/part-status';
import { askedCards } from '#engine/asked-people';
import { waitingDecisions } from '#engine/attend-decisions';
import type { CaseRun } from '#engine/case-run';
import { decisionEntries } from '#engine/decision-evidence';
import { deviationCards } from '#engine/deviation-cards';
import type { Duty } from '#engine/duty';
import type { Engine } from '#engine/engine';
import { escalateDecision } from '#engine/escalate-decision';
import { decisionWrite, touchCase } from '#engine/keys';
import { isPulseOld, moveDeadline, passedInOutage, readPulse } from '#engine/outage-grace';
import { basePartId } from '#engine/plan-parts';

/** What the policy says happens when nobody has decided by the deadline. */
export const silence: Duty = { act: applySilence, dueAt: nextSilence };

const pulseWaitMs = 60_000;

/** A deadline that has passed and was not acted on waits for the pulse. */
function nextSilence(engine: Engine, state: CaseState): Instant | undefined {
  const now = engine.clock.tenantNow();
  return earliest(
    waitingDecisions(state).map(({ requirement: { dueAt } }) =>
      isAtOrAfter(now, dueAt) ? plusMs(now, pulseWaitMs) : dueAt,
    ),
  );
}

async function applySilence(run: CaseRun, state: CaseState, now: Instant): Promise<boolean> {
  const silent = waitingDecisions(state).filter(
    ({ requirement: { dueAt, escalatedAt } }) => escalatedAt !== undefined || isAtOrAfter(now, dueAt),
  );
  if (silent.length === 0) return false;
  const pulse = await readPulse(run.engine);
  for (const { part, requirement } of silent) {
    if (isAtOrAfter(now, requirement.dueAt)) {
      if (isPulseOld(run.engine, pulse)) continue;
      if (pulse?.outage && passedInOutage(requirement, pulse)) {
        await moveDeadline(run, state, part, requirement, pulse.outage.to);
        return true;
      }
    }
    if (await answerFor(run, state, part, requirement, now)) return true;
  }
  return false;
}

async function answerFor(
  run: CaseRun,
  state: CaseState,
  part: Part,
  requirement: Requirement,
  now: Instant,
): Promise<boolean> {
  const byRule = ['close-access', 'take-default', 'lapse'].includes(requirement.onSilence);
  if (!byRule && !(requirement.onSilence === 'grant-signed' && ownersSigned(state, part, requirement)))
    return escalateDecision(run, state, part, requirement, now);
  if (!isAtOrAfter(now, requirement.dueAt)) return false;
  await decideByClock(run, state, part, requirement, now);
  return true;
}

/** What the owners of what is granted have signed may go ahead without the others; what no owner was asked about may not. */
function ownersSigned(state: CaseState, part: Part, silent: Requirement): boolean {
  const isOwners = ({ of }: Requirement) => of.some((d) => d.kind === 'person' && d.as === 'owner');
  const owners = part.requirements.filter(isOwners);
  if (owners.length === 0 || isOwners(silent)) return false;
  return owners.every((requirement) => requirementStatus(part, requirement, state.decisions) === 'approved');
}

/** Where silence closes access it closes it, and hands nothing over. */
function outcomeOf(part: Part, { onSilence }: Requirement): Decision['outcome'] {
  if (onSilence === 'lapse') return 'rejected';
  return onSilence === 'close-access' && basePartId(part.partId) === 'hand-over' ? 'rejected' : 'approved';
}

async function decideByClock(
  run: CaseRun,
  state: CaseState,
  part: Part,
  requirement: Requirement,
  now: Instant,
): Promise<void> {
  const decision: Decision = {
    tenantId: run.engine.tenantId,
    caseId: part.caseId,
    partId: part.partId,
    partHash: part.partHash,
    requirementId: requirement.requirementId,
    round: requirement.round,
    decidedBy: 'clock',
    outcome: outcomeOf(part, requirement),
    right: `nobody decided by ${requirement.dueAt}; the policy's default is taken (${requirement.onSilence})`,
    decidedAt: now,
  };
  await run.commit({
    // A person's click at this same moment is written or this is, never both.
    state: [touchCase(state), decisionWrite(decision)],
    evidence: await decisionEntries(run.engine, [decision]),
    outbox: [...(await askedCards(run.engine, state)), ...(await deviationCards(run.engine, part))],
  });
}
