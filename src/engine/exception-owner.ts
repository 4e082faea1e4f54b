import type { CaseRecord } from '#domain/case';
import type { CaseState } from '#domain/case-state';
import type { CaseException, ExceptionOwner } from '#domain/exception';
import { isFailure } from '#domain/failure';
import type { UserId } from '#domain/ids';
import { type Instant, plusMs } from '#domain/instant';
import type { Role } from '#domain/part';
import type { Policy, Site } from '#domain/policy';
import { isInRole, readPerson } from '#engine/directory';
import type { Engine } from '#engine/engine';
import { type Sees, seesAs } from '#engine/may-see';

const hourMs = 3_600_000;
const dayMs = 86_400_000;

function houseSite({ sites, defaultSite }: Policy): Site {
  const site = sites.find(({ name }) => name === defaultSite);
  if (!site) throw new Error(`policy.yaml: defaultSite ${defaultSite} is not among its sites`);
  return site;
}

/** What leaves access open counts by the clock, anything else by the working hours of the default site. */
export function exceptionDueAt(engine: Engine, severity: CaseException['severity'], openedAt: Instant): Instant {
  const { dueHours, highDueHours } = engine.policy.exceptions;
  if (severity === 'high') return plusMs(openedAt, highDueHours * hourMs);
  return engine.calendar.plusWorkingHours(openedAt, dueHours, houseSite(engine.policy));
}

/** Whose turn it is by the policy's rota; the next one where it is the subject's. `undefined`: there is no rota, or it has not begun. */
function turnOf(engine: Engine, record: Pick<CaseRecord, 'person'>, at: Instant): UserId | undefined {
  const { rota } = engine.policy.exceptions;
  if (!rota) return undefined;
  const today = engine.calendar.toLocal(at, houseSite(engine.policy).zone).date;
  const days = Math.round((Date.parse(today) - Date.parse(rota.startsOn)) / dayMs);
  if (days < 0) return undefined;
  const { userIds } = rota;
  const turn = Math.floor(days / rota.days);
  const others = userIds.map((_, index) => userIds[(turn + index) % userIds.length]);
  return others.find((userId) => userId !== record.person.userId);
}

/** The person of the owning group whose turn it is, if they are still there; else the group, as it stands. */
export async function withTurn(engine: Engine, record: CaseRecord, exception: CaseException): Promise<CaseException> {
  const { ownerRole } = engine.policy.exceptions;
  const userId = turnOf(engine, record, exception.openedAt);
  if (userId === undefined || exception.owner.kind !== 'role' || exception.owner.role !== ownerRole) return exception;
  try {
    const person = await readPerson(engine.graph, userId);
    if (!person?.accountEnabled || !(await isInRole(engine.graph, engine.policy, ownerRole, userId))) return exception;
    return { ...exception, owner: { kind: 'person', userId, displayName: person.displayName } };
  } catch (error) {
    if (!isFailure(error)) throw error;
    engine.report(`reading whose turn it is for ${exception.caseId}`, error);
    return exception;
  }
}

export function isOwner(owner: ExceptionOwner, userId: UserId, roles: readonly Role[]): boolean {
  return owner.kind === 'person' ? owner.userId === userId : roles.includes(owner.role);
}

/** The owner, their group, where one of the group has it in turn, and leadership. */
export function mayWork(engine: Engine, { owner }: CaseException, userId: UserId, roles: readonly Role[]): boolean {
  return (
    isOwner(owner, userId, roles) ||
    (owner.kind === 'person' && roles.includes(engine.policy.exceptions.ownerRole)) ||
    maySteer(roles)
  );
}

export function maySteer(roles: readonly Role[]): boolean {
  return roles.includes('itLeadership');
}

/** As `seesAs`; whoever was given an exception of the case, or has one put before them, sees what they need to work it. */
export function seesAsWorker(
  engine: Engine,
  state: CaseState,
  userId: UserId,
  roles: readonly Role[],
): Sees | undefined {
  if (state.record.person.userId === userId) return undefined;
  const works = state.exceptions.some(
    ({ owner, escalated }) => isOwner(owner, userId, roles) || (escalated && roles.includes(escalated.to)),
  );
  return seesAs(state.record, engine, userId, roles) ?? (works ? 'it' : undefined);
}
