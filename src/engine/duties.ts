import type { CaseState } from '#domain/case-state';
import type { Duty } from '#engine/duty';
import { keepPromise } from '#engine/keep-promise';
import { silence } from '#engine/silence';

/** In the order in which they are looked at: what was signed takes effect before anybody's silence counts. */
const whileOpen: readonly Duty[] = [silence, keepPromise];

/** A closed case is looked after: drift is found, waivers end. */
const afterClosure: readonly Duty[] = [];

export function dutiesOf(state: CaseState): readonly Duty[] {
  return state.record.milestones.completedAt ? afterClosure : whileOpen;
}
