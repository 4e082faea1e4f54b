import type { CaseState } from '#domain/case-state';
import { type DeviationPart, deviationStatus, deviationsOf } from '#domain/deviation-part';
import { earliest, type Instant, isAtOrAfter } from '#domain/instant';
import type { CaseRun } from '#engine/case-run';
import type { Duty } from '#engine/duty';
import { endDeviation, withdrawDeviation } from '#engine/end-deviation';
import type { Engine } from '#engine/engine';
import { grantDeviation, isMoot } from '#engine/grant-deviation';

/** What was signed takes effect, what has an end ends by itself, and nobody signs what there is no use for any more. */
export const tendDeviations: Duty = { act, dueAt };

async function act(run: CaseRun, state: CaseState, now: Instant): Promise<boolean> {
  for (const part of deviationsOf(state)) if (await tend(run, state, part, now)) return true;
  return false;
}

async function tend(run: CaseRun, state: CaseState, part: DeviationPart, now: Instant): Promise<boolean> {
  switch (deviationStatus(part, state.decisions)) {
    case 'waiting':
    case 'signed':
      if (isMoot(state, part, now)) {
        await withdrawDeviation(run, state, part, now);
        return true;
      }
      return deviationStatus(part, state.decisions) === 'signed' && (await grantDeviation(run, state, part, now));
    case 'in-force':
      if (!isAtOrAfter(now, part.deviation.until)) return false;
      await endDeviation(run, state, part, now);
      return true;
    case 'ended':
    case 'moot':
    case 'rejected':
      return false;
  }
}

function dueAt(_engine: Engine, state: CaseState): Instant | undefined {
  const live = deviationsOf(state).filter((part) =>
    ['waiting', 'signed', 'in-force'].includes(deviationStatus(part, state.decisions)),
  );
  return earliest(live.map(({ deviation }) => deviation.until));
}
