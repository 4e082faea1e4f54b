import type { UserId } from '#domain/ids';

/** Whom a case is about. `subjectId` is ours and stands in evidence; `userId` is bound once the account exists. */
export interface Subject {
  readonly subjectId: string;
  readonly userId?: UserId;
  readonly employeeId?: string;
  readonly reservedUpn?: string;
}

/** What people see of somebody on cards: read from Entra, personal, never part of a hash or of the evidence chain. */
export interface PersonView {
  readonly userId: UserId;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly mail?: string;
  readonly jobTitle?: string;
  readonly department?: string;
  /** The site's name, as Entra's officeLocation spells it. */
  readonly officeLocation?: string;
  readonly accountEnabled?: boolean;
  readonly userType?: 'Member' | 'Guest';
  readonly onPremisesSyncEnabled?: boolean;
}
