import type { FailureKind } from '#domain/failure';

/** What the service said in its `{"error": …}`. */
export interface ServiceError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export interface ErrorRule {
  readonly kind: FailureKind;
  readonly code: string;
  readonly status?: number;
  /** Held against the error code and its message, joined by a blank. */
  readonly says: RegExp;
}

/**
 * Graph's error code is mostly plain `Request_BadRequest`: what happened stands in the message. The first rule that fits decides;
 * what none of them knows is judged by its status alone.
 */
export const errorRules: readonly ErrorRule[] = [
  { kind: 'already-done', code: 'graph.already-member', status: 400, says: /added object references already exist/i },
  { kind: 'already-done', code: 'graph.not-a-member', status: 400, says: /removed object references do not exist/i },
  {
    kind: 'already-done',
    code: 'graph.already-assigned',
    says: /Permission being assigned already exists|RoleAssignmentExists/i,
  },
  { kind: 'already-done', code: 'graph.not-assigned', says: /RoleAssignmentDoesNotExist/i },
  { kind: 'already-done', code: 'graph.no-such-licence', says: /does not have a corresponding license/i },
  // A new user is readable on one replica before another lets something refer to it.
  { kind: 'not-yet-visible', code: 'graph.not-yet-visible', status: 400, says: /Not a valid reference update/i },
  { kind: 'refused', code: 'graph.last-owner', says: /must have at least one owner/i },
  { kind: 'refused', code: 'graph.quota', says: /would exceed the maximum quota/i },
  { kind: 'refused', code: 'graph.duplicate', says: /Another object with the same value for property/i },
  { kind: 'refused', code: 'graph.synced-object', says: /on-premises mastered|Directory Sync objects/i },
  { kind: 'refused', code: 'graph.mail-enabled-group', says: /mail-enabled security groups and or distribution list/i },
  { kind: 'refused', code: 'graph.inherited-licence', says: /inherited from (a )?group membership/i },
  { kind: 'refused', code: 'graph.no-seats', says: /does not have any available licenses/i },
  { kind: 'refused', code: 'graph.usage-location', says: /invalid usage location/i },
  {
    kind: 'refused',
    code: 'graph.default-method',
    says: /current default authentication method|Cannot delete default method/i,
  },
  {
    kind: 'not-found',
    code: 'graph.no-mailbox',
    says: /MailboxNotEnabledForRESTAPI|REST API is not yet supported for this mailbox/i,
  },
  // Two writes met; neither half of the later one was carried out.
  { kind: 'broken', code: 'graph.concurrency', says: /Directory_ConcurrencyViolation|ConcurrencyViolation/i },
  { kind: 'refused', code: 'graph.no-such-route', says: /Resource not found for the segment/i },
];
