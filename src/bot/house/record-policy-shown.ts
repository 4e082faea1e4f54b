import { sha256Hex } from '#domain/canonical';
import { houseChain } from '#domain/evidence';
import type { UserId } from '#domain/ids';
import type { Engine } from '#engine/engine';
import { evidenceEntry } from '#engine/evidence-entry';
import type { Card } from '#engine/ports/chat';

/** Which rules were put before whom is evidence; `sign policy` signs what was last shown and nothing newer. */
export async function recordPolicyShown(
  engine: Engine,
  userId: UserId,
  hash: string,
  card: Card,
  how: 'sent' | 'asked for',
): Promise<void> {
  const body = { caseId: houseChain, userId, partHashes: [hash], shownAt: engine.clock.tenantNow() };
  const result = await engine.store.commit({
    tenantId: engine.tenantId,
    state: [{ collection: 'shown', key: shownPolicyKey(userId), body }],
    evidence: [
      await evidenceEntry(engine, {
        caseId: houseChain,
        type: 'policy.shown',
        actor: { kind: 'person', userId },
        data: { hash, how, cardHash: sha256Hex(JSON.stringify(card)) },
      }),
    ],
    outbox: [],
  });
  if (!result.ok) throw new Error(`that the rules were shown could not be recorded: ${result.reason}`);
}

export function shownPolicyKey(userId: UserId): string {
  return `policy/${userId}`;
}
