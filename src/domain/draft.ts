import type { Change } from '#domain/change';
import type { CaseKind, StepId, TenantId, UserId } from '#domain/ids';
import type { Instant } from '#domain/instant';
import type { PersonView } from '#domain/subject';

export interface ShownChange {
  readonly stepId: StepId;
  readonly change: Change;
}

/** A request form that was shown and not yet submitted: what the click refers to, so that the card need not carry it. */
export interface Draft {
  readonly tenantId: TenantId;
  readonly draftId: string;
  readonly kind: CaseKind;
  readonly person: PersonView;
  readonly manager?: PersonView;
  readonly requestedBy: UserId;
  readonly immediate: boolean;
  readonly zone: string;
  /** What the form showed would change. */
  readonly shown: readonly ShownChange[];
  readonly requesterIsHr: boolean;
  readonly requesterName: string;
  readonly madeAt: Instant;
  /** The case it became; a second submit answers with that case. */
  readonly caseId?: string;
}
