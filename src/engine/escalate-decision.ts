import { type CaseState, openExceptions } from '#domain/case-state';
import { type Instant, isAtOrAfter } from '#domain/instant';
import type { Decider, Part, Requirement } from '#domain/part';
import { askMessages, audiencesOf } from '#engine/asked-people';
import { withRequirement } from '#engine/attend-decisions';
import { managerNow } from '#engine/availability';
import type { CaseRun } from '#engine/case-run';
import { movedCards } from '#engine/change-journal';
import { isHrsOwn } from '#engine/decision-right';
import { decidersSite } from '#engine/decision-times';
import type { Engine } from '#engine/engine';
import { caseMessage, partWrite, touchCase } from '#engine/keys';
import { openExceptions as exceptionCommit, exceptionNumbers, newException } from '#engine/open-exception';
import { escalationRole, isUsable, withDeciders } from '#engine/pass-over';
import type { Commit } from '#engine/ports/store';
import { requirementEntry } from '#engine/requirement-entry';

/**
 * Waiting has an owner: when the deadline has passed others are asked beside, with a deadline of their own, and the silence itself is
 * an exception; again when somebody closed that one without anybody having decided. Answers whether anything was left to do.
 */
export async function escalateDecision(
  run: CaseRun,
  state: CaseState,
  part: Part,
  requirement: Requirement,
  now: Instant,
): Promise<boolean> {
  const changeKey = `decision:${part.partHash}/${requirement.requirementId}`;
  const known = openExceptions(state).some((e) => e.changeKey === changeKey);
  const passed = isAtOrAfter(now, requirement.dueAt);
  if (known && !passed) return false;
  const opened = known ? { state: [], evidence: [], outbox: [] } : await silenceException(run, state, part, changeKey);
  const asked = passed ? await askMore(run, state, part, requirement, now) : { state: [], evidence: [], outbox: [] };
  await run.commit({
    state: [touchCase(state), ...asked.state, ...opened.state],
    evidence: [...asked.evidence, ...opened.evidence],
    outbox: [...opened.outbox, ...asked.outbox],
  });
  return true;
}

type Written = Pick<Commit, 'state' | 'evidence' | 'outbox'>;

async function silenceException(run: CaseRun, state: CaseState, part: Part, changeKey: string): Promise<Written> {
  const exception = newException(run.engine, state.record, exceptionNumbers(state)(), {
    changeKey,
    code: 'latchkey.nobody-decided',
    title: `Nobody has decided: ${part.title}`,
    saw: 'The people who may decide were asked and have not answered in time.',
    advice: 'Ask them. The exception closes by itself once somebody decides.',
    severity: 'high',
  });
  return exceptionCommit(run.engine, state.record, [exception]);
}

async function askMore(
  run: CaseRun,
  state: CaseState,
  part: Part,
  requirement: Requirement,
  now: Instant,
): Promise<Written> {
  const { engine } = run;
  const { calendar, policy } = engine;
  const { record } = state;
  const { escalationHours, escalateTo } = policy.decisions;
  const more = await moreDeciders(engine, state, requirement);
  const dueAt = calendar.plusWorkingHours(now, escalationHours, decidersSite(engine, record, requirement));
  const widened = withDeciders(requirement, more);
  const escalated: Requirement = {
    ...widened,
    askedAt: now,
    dueAt,
    reminded: 0,
    escalatedAt: requirement.escalatedAt ?? now,
  };
  const added = widened.of.slice(requirement.of.length);
  const entry = await requirementEntry(engine, part, requirement, 'decision.escalated', {
    missed: requirement.dueAt,
    dueAt,
    asked: added.map((decider) => (decider.kind === 'person' ? decider.userId : decider.role)),
  });
  return {
    state: [partWrite(withRequirement(part, escalated))],
    evidence: [entry],
    outbox: [
      ...movedCards(state),
      ...askMessages(part, await audiencesOf(engine, escalated)),
      // Who is asked gets one card; where the word stays HR's they are told by another.
      ...(isHrsOwn(requirement) ? [caseMessage(part.caseId, `role/${escalateTo}`, 'exception')] : []),
    ],
  };
}

/**
 * The manager of whoever was named, and the policy's group. That somebody leaves stays HR's word: there all of HR is asked, and the
 * policy's group is only told.
 */
async function moreDeciders(
  engine: Engine,
  { record }: CaseState,
  requirement: Requirement,
): Promise<readonly Decider[]> {
  if (requirement.requirementId === 'hr-confirms')
    return [{ kind: 'role', role: 'hr', except: [record.person.userId] }];
  if (isHrsOwn(requirement)) return [];
  const found: Decider[] = [];
  for (const decider of requirement.of) {
    if (decider.kind !== 'person' || decider.as === 'escalation' || decider.as === 'requester') continue;
    const manager = await managerNow(engine, decider.userId);
    if (manager && isUsable(record, manager)) found.push({ kind: 'person', userId: manager.userId, as: 'escalation' });
  }
  return [...found, escalationRole(engine, record)];
}
