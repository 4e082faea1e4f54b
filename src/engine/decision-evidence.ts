import type { Decision, Part } from '#domain/part';
import { decisionsFor } from '#domain/part-status';
import { hashOfPolicy } from '#domain/policy-hash';
import type { Engine } from '#engine/engine';
import { evidenceEntry } from '#engine/evidence-entry';
import { caseMessage } from '#engine/keys';
import type { EvidenceEntry, OutboxMessage } from '#engine/ports/store';

/** Who has to be asked now: everybody named by a requirement that is still open. */
export function asking(parts: readonly Part[], decisions: readonly Decision[]): readonly OutboxMessage[] {
  return parts.flatMap((part) =>
    part.requirements
      .filter((r) => decisionsFor(part, r, decisions).length === 0)
      .flatMap((r) => r.of)
      .map((decider) =>
        caseMessage(
          part.caseId,
          decider.kind === 'person' ? `person/${decider.userId}` : `role/${decider.role}`,
          'decision',
        ),
      ),
  );
}

export async function decisionEntries(
  engine: Engine,
  decisions: readonly Decision[],
): Promise<readonly EvidenceEntry[]> {
  return Promise.all(
    decisions.map((d) =>
      evidenceEntry(engine, {
        caseId: d.caseId,
        type: d.outcome === 'approved' ? 'part.approved' : 'part.rejected',
        actor: d.decidedBy === 'clock' ? { kind: 'clock' } : { kind: 'person', userId: d.decidedBy },
        data: {
          part: d.partId,
          partHash: d.partHash,
          requirement: d.requirementId,
          round: d.round,
          right: d.right,
          policy: hashOfPolicy(engine.policy),
        },
        ...(d.reason ? { personal: { of: d.decidedBy, fields: { reason: d.reason } } } : {}),
      }),
    ),
  );
}
