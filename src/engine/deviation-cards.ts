import { isDeviation } from '#domain/deviation-part';
import type { Part } from '#domain/part';
import type { Engine } from '#engine/engine';
import { caseMessage } from '#engine/keys';
import type { OutboxMessage } from '#engine/ports/store';

/** The card of a deviation, a card of its own beside the plan's: for whoever signs it, whoever asked, and whoever has it already. */
export async function deviationCards(engine: Engine, part: Part): Promise<readonly OutboxMessage[]> {
  if (!isDeviation(part)) return [];
  const slot = `deviation:${part.partId}` as const;
  const signers = part.requirements
    .flatMap((requirement) => requirement.of)
    .map((decider) => (decider.kind === 'person' ? `person/${decider.userId}` : `role/${decider.role}`));
  const sent = await engine.store.list(engine.tenantId, 'sentCard', { caseId: part.caseId });
  const shown = sent.filter(({ body }) => body.slot === slot).map(({ body }) => body.audience);
  const audiences = new Set([...signers, ...shown, `person/${part.deviation.askedBy}`]);
  return [...audiences].map((audience) => caseMessage(part.caseId, audience, slot));
}
