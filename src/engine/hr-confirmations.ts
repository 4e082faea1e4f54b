import type { CaseRecord } from '#domain/case';
import type { UserId } from '#domain/ids';
import type { Instant } from '#domain/instant';
import type { Decision, Part } from '#domain/part';
import { decisionsFor } from '#domain/part-status';
import type { Engine } from '#engine/engine';

/** Whoever of HR stands behind the case as it is asked for now: the one who changed it last, else the one who asked. */
export function confirmerOf(
  record: Pick<CaseRecord, 'confirmedBy' | 'requesterIsHr' | 'requestedBy'>,
): UserId | undefined {
  if (record.confirmedBy) return record.confirmedBy.userId;
  return record.requesterIsHr && record.requestedBy.kind === 'person' ? record.requestedBy.userId : undefined;
}

/**
 * HR's submit of the form, or HR's change of it, was the confirmation of what was shown: it counts for every part but those that
 * hold something new. What is confirmed already (`decisions`) is not confirmed twice.
 */
export function hrConfirmations(
  engine: Engine,
  record: CaseRecord,
  parts: readonly Part[],
  decisions: readonly Decision[],
): readonly Decision[] {
  const confirmer = confirmerOf(record);
  if (!confirmer) return [];
  const what = record.confirmedBy ? 'confirmed the change' : 'confirmed the request form';
  const decidedAt: Instant = record.confirmedBy?.at ?? record.openedAt;
  return parts
    .filter((part) => !part.partId.endsWith('-added'))
    .flatMap((part) =>
      part.requirements
        .filter((r) => r.requirementId === 'hr-confirms' && decisionsFor(part, r, decisions).length === 0)
        .map((requirement) => ({
          tenantId: engine.tenantId,
          caseId: record.caseId,
          partId: part.partId,
          partHash: part.partHash,
          requirementId: requirement.requirementId,
          round: requirement.round,
          decidedBy: confirmer,
          outcome: 'approved' as const,
          right: `${what} as a member of ${engine.policy.people.hr.name}`,
          decidedAt,
        })),
    );
}
