import { type CaseState, openExceptions } from '#domain/case-state';
import { hasEnded } from '#domain/change';
import type { CaseException } from '#domain/exception';
import type { CaseId, UserId } from '#domain/ids';
import type { Role } from '#domain/part';
import { movedCards } from '#engine/change-journal';
import { rolesOf } from '#engine/directory';
import type { Engine } from '#engine/engine';
import { evidenceEntry } from '#engine/evidence-entry';
import { exceptionCards } from '#engine/exception-cards';
import { mayWork, seesAsWorker } from '#engine/exception-owner';
import { exceptionWrite, touchCase } from '#engine/keys';
import { loadCase } from '#engine/load-case';
import { isSubject } from '#engine/may-see';

export interface ResolveRequest {
  readonly caseId: CaseId;
  readonly userId: UserId;
  /** None: the case's only open exception. */
  readonly exceptionId?: string;
  readonly how: { readonly kind: 'retry' } | { readonly kind: 'by-hand'; readonly note: string };
}

export type Resolved =
  | { readonly kind: 'taken'; readonly state: CaseState; readonly exception: CaseException }
  | { readonly kind: 'already'; readonly state: CaseState }
  | { readonly kind: 'note-wanted'; readonly state: CaseState }
  /** Several are open and none was named. */
  | { readonly kind: 'which'; readonly state: CaseState; readonly open: readonly CaseException[] }
  | { readonly kind: 'not-yours'; readonly state: CaseState }
  | { readonly kind: 'unknown' };

/**
 * Records what somebody in IT wants done about an exception; the runner takes it up. Being in the channel gives no right: the
 * person must be in the owning group now. What was done by hand is read back where the tenant can show it.
 */
export async function resolveException(engine: Engine, request: ResolveRequest): Promise<Resolved> {
  for (;;) {
    const state = await loadCase(engine.store, engine.tenantId, request.caseId);
    if (!state || isSubject(state.record, request.userId)) return { kind: 'unknown' };
    const roles = await rolesOf(engine.graph, engine.policy, request.userId);
    if (!seesAsWorker(engine, state, request.userId, roles)) return { kind: 'unknown' };
    const found = pickException(state, request.exceptionId);
    if ('kind' in found) return found;
    const refusal = refusalOf(engine, state, found, request, roles);
    if (refusal) return refusal;
    const next = withWish(engine, state, found, request);
    if (await commitWish(engine, state, next, request))
      return { kind: 'taken', state: replaced(state, next), exception: next };
  }
}

function pickException(state: CaseState, exceptionId: string | undefined): CaseException | Resolved {
  const open = openExceptions(state);
  const wanted = exceptionId ? open.filter((e) => e.exceptionId === exceptionId) : open;
  const [exception] = wanted;
  if (!exception) return { kind: 'already', state };
  return wanted.length > 1 ? { kind: 'which', state, open } : exception;
}

function refusalOf(
  engine: Engine,
  state: CaseState,
  exception: CaseException,
  request: ResolveRequest,
  roles: readonly Role[],
): Resolved | undefined {
  if (!mayWork(engine, exception, request.userId, roles)) return { kind: 'not-yours', state };
  if (exception.byHand || exception.retry?.taken === false) return { kind: 'already', state };
  if (request.how.kind === 'by-hand' && request.how.note.trim() === '') return { kind: 'note-wanted', state };
  return undefined;
}

/** With a change behind it the runner reads back; without one, a named person's word is all there can be, and it is recorded as that. */
function withWish(engine: Engine, state: CaseState, exception: CaseException, request: ResolveRequest): CaseException {
  const at = engine.clock.tenantNow();
  const by = request.userId;
  if (request.how.kind === 'retry') return { ...exception, retry: { by, at, taken: false } };
  const note = request.how.note.trim();
  const readable = state.changes.some((c) => c.exceptionId === exception.exceptionId && !hasEnded(c));
  const byHand = { by, at, note };
  return readable
    ? { ...exception, byHand }
    : { ...exception, byHand, resolution: { as: 'done-by-hand', by, at, note } };
}

async function commitWish(
  engine: Engine,
  state: CaseState,
  exception: CaseException,
  request: ResolveRequest,
): Promise<boolean> {
  const result = await engine.store.commit({
    tenantId: engine.tenantId,
    state: [touchCase(state), exceptionWrite(exception, false)],
    evidence: [
      await evidenceEntry(engine, {
        caseId: request.caseId,
        type: exception.resolution
          ? 'exception.resolved'
          : request.how.kind === 'retry'
            ? 'exception.retry-asked'
            : 'exception.by-hand',
        actor: { kind: 'person', userId: request.userId },
        data: { exception: exception.exceptionId, code: exception.code, attested: exception.resolution !== undefined },
        ...(request.how.kind === 'by-hand'
          ? { personal: { of: request.userId, fields: { note: request.how.note.trim() } } }
          : {}),
      }),
    ],
    outbox: [...exceptionCards(engine, request.caseId, state.exceptions), ...movedCards(state)],
    wake: [{ caseId: request.caseId, dueAt: engine.clock.tenantNow(), mode: 'sooner' }],
  });
  return result.ok;
}

function replaced(state: CaseState, exception: CaseException): CaseState {
  return {
    ...state,
    exceptions: state.exceptions.map((e) => (e.exceptionId === exception.exceptionId ? exception : e)),
  };
}
