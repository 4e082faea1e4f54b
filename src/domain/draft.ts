import type { Change } from '#domain/change';
import type { CaseKind, StepId, TenantId, UserId } from '#domain/ids';
import type { Instant } from '#domain/instant';
import type { Planned } from '#domain/planned';
import type { PersonView } from '#domain/subject';

export interface ShownChange {
  readonly stepId: StepId;
  readonly change: Change;
}

/** As the form's inputs carry them: text, checked only when submitted. */
export interface DraftValues {
  /** `YYYY-MM-DD` */
  readonly lastDay: string;
  /** `HH:mm` */
  readonly lastTime: string;
  /** Entra object id, or empty for nobody. */
  readonly delegate: string;
  readonly autoReply: string;
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
  /** What the form showed: what would change, what is already so, what cannot be done. */
  readonly planned: readonly { readonly stepId: StepId; readonly item: Planned }[];
  /** What the form was filled with when it was shown. */
  readonly values: DraftValues;
  readonly requesterIsHr: boolean;
  readonly requesterName: string;
  readonly madeAt: Instant;
  /** The case it became; a second submit answers with that case. */
  readonly caseId?: string;
}
