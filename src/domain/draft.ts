import type { CaseKind, TenantId, UserId } from '#domain/ids';
import type { Instant } from '#domain/instant';
import type { PersonView } from '#domain/subject';

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
  /** Hash of the access-closing changes that the form showed, date left out. */
  readonly shownHash: string;
  readonly madeAt: Instant;
  /** The case it became; a second submit answers with that case. */
  readonly caseId?: string;
}
