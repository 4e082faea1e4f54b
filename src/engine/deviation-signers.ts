import type { CaseState } from '#domain/case-state';
import type { Risk } from '#domain/change';
import type { Deviation } from '#domain/deviation';
import { deviationsOf } from '#domain/deviation-part';
import type { StepId, UserId } from '#domain/ids';
import { earliest, type Instant, isAtOrAfter } from '#domain/instant';
import type { Part, Requirement } from '#domain/part';
import type { Engine } from '#engine/engine';
import { workflowOf } from '#engine/plan-parts';
import { siteOf } from '#engine/site-of';
import { findStep } from '#engine/workflow';

/** Which rule of policy.exceptions.waive a deviation falls under. */
export type Weight = 'routine' | 'elevated' | 'closing';

/** What closes access weighs most, whatever the risk of its steps; a hold of a leaver leaves access open as a whole. */
export function weightOf(engine: Engine, state: CaseState, deviation: Deviation): Weight {
  const { record } = state;
  if (deviation.kind === 'hold') return record.kind === 'leaver' ? 'closing' : 'routine';
  const exception = state.exceptions.find((e) => e.exceptionId === deviation.exceptionId);
  const stepIds = stepsOf(state, deviation);
  const homes = stepIds.flatMap((stepId) => findStep(workflowOf(engine, record), stepId) ?? []);
  const closes =
    homes.some(({ part }) => part === 'access') ||
    partsWith(state, deviation, stepIds).some((partId) => partId.startsWith('access'));
  if (closes || (stepIds.length === 0 && exception?.severity === 'high')) return 'closing';
  return homes.some(({ step }) => step.risk !== 'routine') ? 'elevated' : 'routine';
}

/** In which parts what is left as it is stands: one change for a waiver, every change of its steps for what is kept. */
function partsWith(state: CaseState, deviation: Deviation, stepIds: readonly StepId[]): readonly string[] {
  const exception = state.exceptions.find((e) => e.exceptionId === deviation.exceptionId);
  return state.changes
    .filter((c) => (deviation.kind === 'waive' ? c.change.key === exception?.changeKey : stepIds.includes(c.stepId)))
    .map(({ partId }) => partId);
}

function stepsOf(state: CaseState, { stepIds, exceptionId }: Deviation): readonly StepId[] {
  if (stepIds) return stepIds;
  const stepId = state.exceptions.find((e) => e.exceptionId === exceptionId)?.stepId;
  return stepId ? [stepId] : [];
}

export function riskOf(weight: Weight): Risk {
  return weight === 'routine' ? 'routine' : 'elevated';
}

/** One signature of every role that the policy names; silence grants nothing, and what was planned goes on meanwhile. */
export function signaturesWanted(
  engine: Engine,
  state: CaseState,
  deviation: Deviation,
  weight: Weight,
): readonly Requirement[] {
  const { requestedBy } = state.record;
  // As with any elevated part: whoever asked for the case does not sign what leaves it open.
  const requester = weight !== 'routine' && requestedBy.kind === 'person' ? [requestedBy.userId] : [];
  const except = [...new Set([...barredFrom(engine, state, deviation), ...requester])];
  const dueAt = signBy(engine, state, deviation);
  return engine.policy.exceptions.waive[weight].map((role) => ({
    requirementId: `sign-${role}`,
    round: 1,
    rule: { kind: 'one' },
    of: [{ kind: 'role', role, except }],
    stage: 1,
    askedAt: deviation.askedAt,
    dueAt,
    onSilence: 'lapse',
    apart: true,
  }));
}

/** Before what it would change begins; after that so many working hours as an exception has. Never after its own end. */
function signBy(engine: Engine, { record }: CaseState, { kind, askedAt, until }: Deviation): Instant {
  if (kind !== 'waive' && !isAtOrAfter(askedAt, record.effectiveAt))
    return earliest([until, record.effectiveAt]) ?? until;
  const { dueHours } = engine.policy.exceptions;
  const site = siteOf(engine.policy, record.person);
  return earliest([until, engine.calendar.plusWorkingHours(askedAt, dueHours, site)]) ?? until;
}

/**
 * Whoever asked for it, caused it or gains by it: the subject; whoever reported as done what was not so; and, where it is about the
 * hand-over, whoever is handed something.
 */
function barredFrom(engine: Engine, state: CaseState, deviation: Deviation): readonly UserId[] {
  const { record, exceptions } = state;
  const exception = exceptions.find((e) => e.exceptionId === deviation.exceptionId);
  const stepIds = stepsOf(state, deviation);
  const handsOver = stepIds.some((stepId) => findStep(workflowOf(engine, record), stepId)?.part === 'hand-over');
  const barred = [
    record.person.userId,
    deviation.askedBy,
    exception?.byHand?.by,
    exception?.contradicted?.by,
    handsOver ? record.delegate?.userId : undefined,
  ];
  return [...new Set(barred.filter((userId) => userId !== undefined))];
}

/** Looked at again when somebody is about to sign: what they did meanwhile counts, and nobody signs twice. */
export function mayNotSign(engine: Engine, state: CaseState, part: Part, userId: UserId): boolean {
  const found = deviationsOf(state).find(({ partId }) => partId === part.partId);
  if (!found) return false;
  if (found.deviation.endedAt !== undefined) return true;
  const hasDecided = state.decisions.some((d) => d.partHash === part.partHash && d.decidedBy === userId);
  return hasDecided || barredFrom(engine, state, found.deviation).includes(userId);
}
