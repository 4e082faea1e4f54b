import type { CaseRecord } from '#domain/case';
import { membersOfRole } from '#engine/directory';
import type { Engine } from '#engine/engine';
import { type HouseSlot, houseMessage } from '#engine/keys';
import type { OutboxMessage } from '#engine/ports/store';

/** Whom a case is about sits in IT: IT's channel would tell them, and everybody else there, before their time. */
export function isHiddenFromChannel({ subjectRoles }: CaseRecord): boolean {
  return subjectRoles.includes('it');
}

/**
 * One message to IT about several cases: to its channel, and one to one to the people of IT where a case must not be told in the
 * channel. What each audience is shown is decided when it is drawn; who is left with nothing is sent nothing.
 */
export async function tellIt(
  engine: Engine,
  slot: HouseSlot,
  id: string,
  records: readonly CaseRecord[],
): Promise<readonly OutboxMessage[]> {
  const inChannel = houseMessage('role/it', slot, id);
  if (!records.some(isHiddenFromChannel)) return [inChannel];
  const people = await membersOfRole(engine.graph, engine.policy, 'it');
  return [inChannel, ...people.map(({ userId }) => houseMessage(`person/${userId}`, slot, id))];
}
