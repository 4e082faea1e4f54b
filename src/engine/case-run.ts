import type { CaseState } from '#domain/case-state';
import type { CaseId } from '#domain/ids';
import type { Engine } from '#engine/engine';
import { loadCase } from '#engine/load-case';
import type { Commit, Lease } from '#engine/ports/store';

/** The lease was lost, or somebody else wrote first: what was read is old. Nothing of the refused commit has happened. */
export class RunInterrupted extends Error {
  readonly why: 'fenced' | 'conflict';

  constructor(why: 'fenced' | 'conflict', key: string | undefined) {
    super(`the run of the case was interrupted: ${why}${key ? ` on ${key}` : ''}`);
    this.name = 'RunInterrupted';
    this.why = why;
  }
}

/** A request still under way when the lease ends could be repeated by the next owner: never start one this close to the end. */
const guardMs = 65_000;
/** Longer than any request may take, twice over; a single instance does not wait it out after a crash, it takes its leases back at once. */
export const leaseMs = 120_000;

/** One worker's hold on one case. Every write carries the lease; exception numbers are given out here. */
export interface CaseRun {
  readonly engine: Engine;
  readonly caseId: CaseId;
  load(): Promise<CaseState>;
  /** Throws `RunInterrupted` when refused. */
  commit(commit: Omit<Commit, 'tenantId' | 'lease'>): Promise<void>;
  /** Makes sure that the lease outlives a request started now. Throws `RunInterrupted`. */
  guard(): Promise<void>;
  readonly lease: () => Lease;
  /** Numbers for new exceptions: given out once in this run, whichever pass asks. */
  exceptionNumbers(state: CaseState): () => string;
}

export function caseRun(engine: Engine, taken: Lease): CaseRun {
  let lease = taken;
  let renewing: Promise<void> | undefined;
  let lastNumber = 0;
  const { store, tenantId } = engine;

  async function renew(): Promise<void> {
    const renewed = await store.renewLease(lease, engine.clock.machineNow(), leaseMs);
    if (!renewed) throw new RunInterrupted('fenced', lease.caseId);
    lease = renewed;
  }

  return {
    engine,
    caseId: taken.caseId,
    lease: () => lease,
    exceptionNumbers(state) {
      lastNumber = Math.max(lastNumber, ...state.exceptions.map((exception) => Number(exception.exceptionId)));
      return () => {
        lastNumber += 1;
        return String(lastNumber);
      };
    },
    async load() {
      const state = await loadCase(store, tenantId, taken.caseId);
      if (!state) throw new Error(`case ${taken.caseId} is leased but not stored`);
      return state;
    },
    async commit(commit) {
      const result = await store.commit({
        ...commit,
        tenantId,
        lease: { lease, machineNow: engine.clock.machineNow() },
      });
      if (!result.ok) throw new RunInterrupted(result.reason === 'fenced' ? 'fenced' : 'conflict', result.key);
    },
    async guard() {
      // Looked at once more after renewing: that may have taken long.
      while (lease.until - engine.clock.machineNow() <= guardMs) {
        renewing ??= renew().finally(() => {
          renewing = undefined;
        });
        await renewing;
      }
    },
  };
}
