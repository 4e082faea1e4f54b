import type { CaseState } from '#domain/case-state';
import { type Failure, isFailure } from '#domain/failure';
import { type Instant, toEpochMs, toInstant } from '#domain/instant';
import type { Engine } from '#engine/engine';
import type { Shape } from '#engine/ports/graph';

/**
 * What the directory says of sign-ins since access was closed. `hidden`: it may not be asked (a permission, or a licence that the
 * tenant does not have). `unread`: it did not answer.
 */
export type SignIn =
  | { readonly kind: 'none' }
  | { readonly kind: 'since'; readonly at: Instant }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'unread'; readonly failure: Failure };

/**
 * The last successful sign-in, where it lies after the proved end of access and was not told before (AuditLog.Read.All, Entra ID P1).
 * A case that follows another one leaves this to it.
 * https://learn.microsoft.com/graph/api/resources/signinactivity
 */
export async function readSignIn(engine: Engine, { record }: CaseState): Promise<SignIn> {
  const { accessClosedAt } = record.milestones;
  if (!accessClosedAt || record.follows !== undefined) return { kind: 'none' };
  try {
    const at = await engine.graph.get(`/users/${record.person.userId}?$select=id,signInActivity`, lastSignIn);
    const known = record.watch?.signedInAt ?? accessClosedAt;
    return at !== undefined && toEpochMs(at) > toEpochMs(known)
      ? { kind: 'since', at: toInstant(toEpochMs(at)) }
      : { kind: 'none' };
  } catch (error) {
    if (!isFailure(error)) throw error;
    const { kind } = error.detail;
    return kind === 'not-permitted' || kind === 'refused' ? { kind: 'hidden' } : { kind: 'unread', failure: error };
  }
}

const lastSignIn: Shape<Instant | undefined> = {
  parse(value) {
    if (value === null || typeof value !== 'object') throw new TypeError('a user is an object');
    const activity = 'signInActivity' in value ? value.signInActivity : undefined;
    if (activity === null || typeof activity !== 'object') return undefined;
    const at = 'lastSuccessfulSignInDateTime' in activity ? activity.lastSuccessfulSignInDateTime : undefined;
    return typeof at === 'string' ? at : undefined;
  },
};
