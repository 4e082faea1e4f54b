import type { Rendered } from '#bot/render-case';
import { sha256Hex } from '#domain/canonical';
import type { CaseState } from '#domain/case-state';
import type { UserId } from '#domain/ids';
import type { Engine } from '#engine/engine';
import { evidenceEntry } from '#engine/evidence-entry';

/** What was put before whom is evidence; and `approve <id>` approves what was last shown and nothing newer. */
export async function recordShown(
  engine: Engine,
  state: CaseState,
  userId: UserId,
  rendered: Rendered,
  how: 'sent' | 'asked for',
): Promise<void> {
  const { caseId } = state.record;
  const partHashes = rendered.asks.map((part) => part.partHash);
  const shown = {
    collection: 'shown',
    key: `${caseId}/${userId}`,
    caseId,
    body: { caseId, userId, partHashes, shownAt: engine.clock.tenantNow() },
  } as const;
  const result = await engine.store.commit({
    tenantId: engine.tenantId,
    state: rendered.asks.length > 0 ? [shown] : [],
    evidence: [
      await evidenceEntry(engine, {
        caseId,
        type: rendered.asks.length > 0 ? 'decision.shown' : 'case.shown',
        actor: { kind: 'person', userId },
        data: { how, cardHash: sha256Hex(JSON.stringify(rendered.card)), partHashes },
      }),
    ],
    outbox: [],
  });
  if (!result.ok) throw new Error(`what was shown of ${caseId} could not be recorded: ${result.reason}`);
}
