import type { CaseId, TenantId, UserId } from '#domain/ids';
import type { Instant } from '#domain/instant';

/** Asked by somebody who has to decide, answered by whoever asked for the case: both stand in the record. */
export interface Question {
  readonly tenantId: TenantId;
  readonly caseId: CaseId;
  /** Unique in the case and short: `1`, `2` … */
  readonly questionId: string;
  readonly askedBy: UserId;
  readonly askedAt: Instant;
  readonly text: string;
  readonly answer?: { readonly by: UserId; readonly at: Instant; readonly text: string };
}
