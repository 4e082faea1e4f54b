import type { CaseException } from '#domain/exception';
import type { CaseId } from '#domain/ids';
import type { Engine } from '#engine/engine';
import { caseMessage } from '#engine/keys';
import type { OutboxMessage } from '#engine/ports/store';

/** Everybody who works exceptions of a case: the owning group, whoever one was given to, and those it was put before when it was late. */
export function exceptionCards(
  engine: Engine,
  caseId: CaseId,
  exceptions: readonly CaseException[],
): readonly OutboxMessage[] {
  const audiences = exceptions.flatMap(({ owner, escalated }) => [
    owner.kind === 'person' ? `person/${owner.userId}` : `role/${owner.role}`,
    ...(escalated ? [`role/${escalated.to}`] : []),
  ]);
  const all = new Set([`role/${engine.policy.exceptions.ownerRole}`, ...audiences]);
  return [...all].map((audience) => caseMessage(caseId, audience, 'exception'));
}
