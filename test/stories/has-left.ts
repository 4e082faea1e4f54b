import type { CaseException } from '#domain/exception';
import { completedCard, hour, requestLeaver } from './requests.js';
import type { World } from './world.js';

export const day = 24 * hour;

/** Chloe has left and everything is proved. */
export async function chloeHasLeft({ hr, manager, until, caseState }: World): Promise<string> {
  const caseId = await requestLeaver(hr, 'chloe.bennett@northwind.example on 2026-11-20 08:59');
  await manager.sees(/Please decide on the hand-over/);
  await manager.clicks('Approve');
  const completed = async () => (await caseState(caseId)).record.milestones.completedAt !== undefined;
  await until(completed, 'completed', 12_000);
  await hr.sees(completedCard);
  return caseId;
}

/** What nobody has put right yet. */
export async function openOf({ caseState }: World, caseId: string): Promise<readonly CaseException[]> {
  return (await caseState(caseId)).exceptions.filter(({ resolution }) => resolution === undefined);
}

export async function nothingIsOpen(world: World, caseId: string): Promise<void> {
  await world.until(async () => (await openOf(world, caseId)).length === 0, 'nothing is open', 10_000);
}
