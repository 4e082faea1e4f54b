import { type Actor, actorId } from '#domain/actor';
import type { CaseRecord } from '#domain/case';
import type { CaseState } from '#domain/case-state';
import type { UserId } from '#domain/ids';
import type { Role } from '#domain/part';
import { rolesOf } from '#engine/directory';
import type { Engine } from '#engine/engine';
import { handOverDecider } from '#engine/requirements';

/** What a person may see of a case, and as whom: this decides which view of a card they get. */
export type Sees = 'requester' | 'hr' | 'manager' | 'it' | 'leadership' | 'auditor';

const bySeniority: readonly (readonly [Role, Sees])[] = [
  ['hr', 'hr'],
  ['itLeadership', 'leadership'],
  ['it', 'it'],
  ['auditors', 'auditor'],
];

export function isSubject(record: CaseRecord, userId: UserId): boolean {
  return record.person.userId === userId;
}

function isRequester(requestedBy: Actor, userId: UserId): boolean {
  return actorId(requestedBy) === userId;
}

/** `undefined`: nothing at all, not even that the case exists. The subject never sees their own case, whatever else they are. */
export function seesAs(record: CaseRecord, engine: Engine, userId: UserId, roles: readonly Role[]): Sees | undefined {
  if (isSubject(record, userId)) return undefined;
  if (isRequester(record.requestedBy, userId)) return 'requester';
  const role = bySeniority.find(([name]) => roles.includes(name));
  if (role?.[1] === 'hr') return 'hr';
  if (handOverDecider(record, engine.policy).userId === userId || record.manager?.userId === userId) return 'manager';
  return role?.[1];
}

/** As `seesAs`, with the person's roles read from the directory at this moment. */
export async function maySee(engine: Engine, state: CaseState, userId: UserId): Promise<Sees | undefined> {
  if (isSubject(state.record, userId)) return undefined;
  return seesAs(state.record, engine, userId, await rolesOf(engine.graph, engine.policy, userId));
}
