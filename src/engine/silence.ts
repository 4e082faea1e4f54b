import { type CaseState, openExceptions } from '#domain/case-state';
import { earliest, type Instant, isAtOrAfter } from '#domain/instant';
import type { Decision, Part, Requirement } from '#domain/part';
import { isRejected, openRequirements } from '#domain/part-status';
import type { CaseRun } from '#engine/case-run';
import { movedCards } from '#engine/change-journal';
import { decisionEntries } from '#engine/decision-evidence';
import type { Duty } from '#engine/duty';
import type { Engine } from '#engine/engine';
import { decisionWrite, touchCase } from '#engine/keys';
import { openExceptions as exceptionCommit, exceptionNumbers, newException } from '#engine/open-exception';
import { basePartId } from '#engine/plan-parts';

/** What the policy says happens when nobody has decided by the deadline. */
export const silence: Duty = { act: applySilence, dueAt: nextSilence };

function nextSilence(_engine: Engine, state: CaseState): Instant | undefined {
  return earliest(
    state.parts
      .filter((part) => !isRejected(part, state.decisions))
      .flatMap((part) => openRequirements(part, state.decisions))
      .map((requirement) => requirement.dueAt),
  );
}

async function applySilence(run: CaseRun, state: CaseState, now: Instant): Promise<boolean> {
  for (const part of state.parts) {
    if (isRejected(part, state.decisions)) continue;
    const silent = openRequirements(part, state.decisions).filter((r) => isAtOrAfter(now, r.dueAt));
    for (const requirement of silent) if (await answerFor(run, state, part, requirement, now)) return true;
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
  switch (requirement.onSilence) {
    case 'close-access':
    case 'take-default':
    case 'lapse':
      await decideByClock(run, state, part, requirement, now);
      return true;
    case 'grant-signed':
    case 'wait-and-escalate':
      return escalate(run, state, part, requirement);
  }
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
    outbox: movedCards(state),
  });
}

/** Waiting has an owner: the silence itself becomes an exception, and again when somebody closed it without anybody having decided. */
async function escalate(run: CaseRun, state: CaseState, part: Part, requirement: Requirement): Promise<boolean> {
  const changeKey = `decision:${part.partHash}/${requirement.requirementId}`;
  if (openExceptions(state).some((e) => e.changeKey === changeKey)) return false;
  const exception = newException(run.engine, state.record, exceptionNumbers(state)(), {
    changeKey,
    code: 'latchkey.nobody-decided',
    title: `Nobody has decided: ${part.title}`,
    saw: 'The people who may decide were asked and have not answered in time.',
    advice: 'Ask them. The exception closes by itself once somebody decides.',
    severity: 'high',
  });
  const opened = await exceptionCommit(run.engine, state.record, [exception]);
  await run.commit({ ...opened, state: [touchCase(state), ...opened.state] });
  return true;
}
