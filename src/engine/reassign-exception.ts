import { type CaseState, openExceptions } from '#domain/case-state';
import type { CaseException, ExceptionOwner } from '#domain/exception';
import type { CaseId, UserId } from '#domain/ids';
import type { Role } from '#domain/part';
import { movedCards } from '#engine/change-journal';
import { readPerson, rolesOf } from '#engine/directory';
import type { Engine } from '#engine/engine';
import { evidenceEntry } from '#engine/evidence-entry';
import { exceptionCards } from '#engine/exception-cards';
import { isOwner, maySteer, seesAsWorker } from '#engine/exception-owner';
import { exceptionWrite, touchCase } from '#engine/keys';
import { loadCase } from '#engine/load-case';
import { isSubject } from '#engine/may-see';

export interface ReassignRequest {
  readonly caseId: CaseId;
  readonly userId: UserId;
  /** None: the case's only open exception. */
  readonly exceptionId?: string;
  readonly to: { readonly kind: 'role'; readonly role: Role } | { readonly kind: 'person'; readonly userId: UserId };
}

export type Reassigned =
  | { readonly kind: 'reassigned' | 'already'; readonly state: CaseState; readonly exception: CaseException }
  | { readonly kind: 'nothing-open'; readonly state: CaseState }
  | { readonly kind: 'which'; readonly state: CaseState; readonly open: readonly CaseException[] }
  /** Whoever it was to go to is the subject, cannot sign in, or works no exceptions. */
  | { readonly kind: 'cannot-take'; readonly state: CaseState; readonly why: 'subject' | 'disabled' | 'no-role' }
  | { readonly kind: 'not-yours'; readonly state: CaseState }
  | { readonly kind: 'unknown' };

const workers: readonly Role[] = ['hr', 'it', 'itLeadership', 'approvers'];

/** Gives an exception to somebody else who may work it. Its due time stays: a late one is late for whoever has it. */
export async function reassignException(engine: Engine, request: ReassignRequest): Promise<Reassigned> {
  for (;;) {
    const answer = await reassignOnce(engine, request);
    if (answer) return answer;
  }
}

/** `undefined`: somebody wrote meanwhile; look again. */
async function reassignOnce(engine: Engine, request: ReassignRequest): Promise<Reassigned | undefined> {
  const state = await loadCase(engine.store, engine.tenantId, request.caseId);
  if (!state || isSubject(state.record, request.userId)) return { kind: 'unknown' };
  const roles = await rolesOf(engine.graph, engine.policy, request.userId);
  if (!seesAsWorker(engine, state, request.userId, roles)) return { kind: 'unknown' };
  const exception = pick(state, request.exceptionId);
  if ('kind' in exception) return exception;
  if (!isOwner(exception.owner, request.userId, roles) && !maySteer(roles)) return { kind: 'not-yours', state };
  const owner = await ownerFor(engine, state, request);
  if (typeof owner === 'string') return { kind: 'cannot-take', state, why: owner };
  if (audienceOf(owner) === audienceOf(exception.owner)) return { kind: 'already', state, exception };
  const next = await give(engine, state, exception, owner, request.userId);
  return next && { kind: 'reassigned', state: replaced(state, next), exception: next };
}

function pick(
  state: CaseState,
  exceptionId: string | undefined,
): CaseException | Exclude<Reassigned, { kind: 'unknown' }> {
  const open = openExceptions(state);
  const wanted = exceptionId === undefined ? open : open.filter((e) => e.exceptionId === exceptionId);
  const [exception] = wanted;
  if (!exception) return { kind: 'nothing-open', state };
  return wanted.length > 1 ? { kind: 'which', state, open } : exception;
}

/** Being named gives no right: whoever takes it sits in a group that works exceptions, at this moment. */
async function ownerFor(
  engine: Engine,
  { record }: CaseState,
  { to }: ReassignRequest,
): Promise<ExceptionOwner | 'subject' | 'disabled' | 'no-role'> {
  if (to.kind === 'role') return workers.includes(to.role) ? to : 'no-role';
  if (to.userId === record.person.userId) return 'subject';
  const person = await readPerson(engine.graph, to.userId);
  if (!person?.accountEnabled) return 'disabled';
  const roles = await rolesOf(engine.graph, engine.policy, to.userId);
  if (!roles.some((role) => workers.includes(role))) return 'no-role';
  return { kind: 'person', userId: to.userId, displayName: person.displayName };
}

function audienceOf(owner: ExceptionOwner): string {
  return owner.kind === 'person' ? owner.userId : owner.role;
}

/** `undefined`: somebody wrote meanwhile; look again. */
async function give(
  engine: Engine,
  state: CaseState,
  { caseId, exceptionId, owner: before }: CaseException,
  owner: ExceptionOwner,
  by: UserId,
): Promise<CaseException | undefined> {
  const stored = await engine.store.get(engine.tenantId, 'exception', `${caseId}/${exceptionId}`);
  if (!stored || stored.body.resolution) return undefined;
  const next: CaseException = { ...stored.body, owner };
  const result = await engine.store.commit({
    tenantId: engine.tenantId,
    state: [touchCase(state), { ...exceptionWrite(next, false), expect: stored.version }],
    evidence: [
      await evidenceEntry(engine, {
        caseId,
        type: 'exception.reassigned',
        actor: { kind: 'person', userId: by },
        data: { exception: exceptionId, code: next.code, from: audienceOf(before), to: audienceOf(owner) },
      }),
    ],
    // Whoever had it sees whose it is now; whoever has it now is told.
    outbox: [...exceptionCards(engine, caseId, [...state.exceptions, next]), ...movedCards(state)],
  });
  return result.ok ? next : undefined;
}

function replaced(state: CaseState, exception: CaseException): CaseState {
  return {
    ...state,
    exceptions: state.exceptions.map((e) => (e.exceptionId === exception.exceptionId ? exception : e)),
  };
}
