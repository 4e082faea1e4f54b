import { setTimeout as wait } from 'node:timers/promises';
import type { CaseState } from '#domain/case-state';
import { loadCase } from '#engine/load-case';
import { people } from '#sandbox/firm/ids';
import { criticalSteps, longestSequence } from './critical-path.js';
import { type FirmAtWork, openFirm, type RoundTrip } from './firm-at-work.js';
import { submitLeaver } from './submit-leaver.js';
import type { TenantProcess } from './tenant-process.js';

/** From Submit on; the person's own reading of the form is not in it. */
export interface LeaverTime {
  readonly disabledAndProvedMs: number;
  readonly completeMs: number;
  readonly changes: number;
  readonly roundTrips: number;
  /** Of them one after the other at the most. */
  readonly inSequence: number;
  readonly criticalSteps: readonly string[];
}

/** Alex Morgan leaves: HR submits, the manager approves as soon as the card is there. */
export async function timeLeaver(tenant: TenantProcess, oneAtATime: boolean): Promise<LeaverTime> {
  await tenant.reset();
  const firm = await openFirm(tenant.origin, oneAtATime);
  try {
    const manager = firm.person(people.morganLee);
    const submitted = await submitLeaver(firm, 'Alex Morgan');
    await manager.sees(/Please decide on the hand-over/, 30_000);
    await manager.clicks('Approve');
    const state = await completed(firm, submitted.caseId);
    const trips = firm.roundTrips.filter((trip) => trip.from >= submitted.monotonic);
    return timesOf(state, submitted.at, trips, firm);
  } finally {
    await firm.close();
  }
}

function timesOf(state: CaseState, submitted: number, trips: readonly RoundTrip[], { engine }: FirmAtWork): LeaverTime {
  const since = (instant: string | undefined) => Date.parse(instant ?? '') - submitted;
  const { leaver } = engine.workflows;
  const disabled = state.changes.find(({ stepId }) => stepId === 'users.disable-account');
  if (!leaver || disabled?.status !== 'confirmed') throw new Error('the account was not disabled');
  return {
    disabledAndProvedMs: since(disabled.endedAt),
    completeMs: since(state.record.milestones.completedAt),
    changes: state.changes.filter(({ status }) => status === 'confirmed').length,
    roundTrips: trips.length,
    inSequence: longestSequence(trips),
    criticalSteps: criticalSteps(state, leaver),
  };
}

async function completed({ engine }: FirmAtWork, caseId: string): Promise<CaseState> {
  for (const end = Date.now() + 120_000; Date.now() < end; await wait(20)) {
    const state = await loadCase(engine.store, engine.tenantId, caseId);
    if (state?.record.milestones.completedAt) return state;
  }
  throw new Error(`${caseId} is not complete after two minutes`);
}
