import type { CaseState } from '#domain/case-state';
import type { UserId } from '#domain/ids';
import type { Part, Requirement } from '#domain/part';
import { movedCards } from '#engine/change-journal';
import { isHrsOwn } from '#engine/decision-right';
import { activeDelegations } from '#engine/delegation';
import { isInRole } from '#engine/directory';
import type { Engine } from '#engine/engine';
import { caseMessage } from '#engine/keys';
import type { OutboxMessage } from '#engine/ports/store';

/** Everybody who may answer a requirement: those it names, its groups, and who decides in the place of one of them. */
export async function audiencesOf(engine: Engine, requirement: Requirement): Promise<readonly string[]> {
  const named = requirement.of.map((d) => (d.kind === 'person' ? `person/${d.userId}` : `role/${d.role}`));
  return [...new Set([...named, ...(await delegatesOf(engine, requirement))])];
}

/** Those who decide in somebody's place, as audiences. */
async function delegatesOf(engine: Engine, requirement: Requirement): Promise<readonly string[]> {
  if (isHrsOwn(requirement)) return [];
  const found: string[] = [];
  for (const delegation of await activeDelegations(engine))
    if (await isAskedIn(engine, requirement, delegation.from)) found.push(`person/${delegation.to}`);
  return [...new Set(found)];
}

/** By name, or as an approver. */
async function isAskedIn(engine: Engine, { of }: Requirement, userId: UserId): Promise<boolean> {
  if (of.some((d) => d.kind === 'person' && d.userId === userId && d.as !== 'requester')) return true;
  const asApprover = of.some((d) => d.kind === 'role' && d.role === 'approvers' && !d.except.includes(userId));
  return asApprover && isMember(engine, 'approvers', userId);
}

/** Only whom to tell: whether they may is looked at again when the card is drawn and when it is clicked. */
async function isMember(engine: Engine, role: 'approvers', userId: string): Promise<boolean> {
  try {
    return await isInRole(engine.graph, engine.policy, role, userId);
  } catch (error) {
    engine.report(`reading whether ${userId} is in ${role}`, error);
    return true;
  }
}

/** A deviation has a card of its own; what else waits in a case stands on one. */
export function askMessages({ caseId, partId, purpose }: Part, audiences: readonly string[]): readonly OutboxMessage[] {
  const slot = purpose === 'deviation' ? (`deviation:${partId}` as const) : 'decision';
  return audiences.map((audience) => caseMessage(caseId, audience, slot));
}

/** Every card on which a decision of the case was shown: it is decided now, or asked otherwise, and they show it. */
export async function askedCards(engine: Engine, state: CaseState): Promise<readonly OutboxMessage[]> {
  const { caseId } = state.record;
  const shown = await engine.store.list(engine.tenantId, 'shown', { caseId });
  const roles = state.parts.flatMap((p) => p.requirements.flatMap((r) => r.of)).filter((d) => d.kind === 'role');
  const audiences = [
    ...shown.map(({ body }) => `person/${body.userId}`),
    ...roles.map((decider) => `role/${decider.role}`),
  ];
  const messages = [...movedCards(state), ...[...new Set(audiences)].map((a) => caseMessage(caseId, a, 'decision'))];
  return [...new Map(messages.map((message) => [message.key, message])).values()];
}
