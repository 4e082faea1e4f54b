import type { CaseState } from '#domain/case-state';
import { attendDecisions } from '#engine/attend-decisions';
import type { Duty } from '#engine/duty';
import { keepPromise } from '#engine/keep-promise';
import { overdue } from '#engine/overdue';
import { rejectAlong } from '#engine/reject-along';
import { silence } from '#engine/silence';
import { tendDeviations } from '#engine/tend-deviations';
import { watch } from '#engine/watch-duty';

/** In the order in which they are looked at: what was signed takes effect before anybody's silence counts. */
const whileOpen: readonly Duty[] = [tendDeviations, attendDecisions, silence, rejectAlong, keepPromise, overdue];

/** A closed case is looked after: drift is found, waivers end. */
const afterClosure: readonly Duty[] = [tendDeviations, attendDecisions, silence, overdue, watch];

export function dutiesOf(state: CaseState): readonly Duty[] {
  return state.record.milestones.completedAt ? afterClosure : whileOpen;
}
