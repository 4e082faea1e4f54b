import { msBetween, plusMs } from '#domain/instant';
import { type CaseRun, caseRun, leaseMs, RunInterrupted } from '#engine/case-run';
import type { Engine } from '#engine/engine';
import { exceptionNumbers, newException, openExceptions } from '#engine/open-exception';
import { runCase } from '#engine/run-case';

export interface WorkerOptions {
  /** Unique among all instances: the lease's owner. */
  readonly owner: string;
  /** How many cases at once. */
  readonly width: number;
  /** The longest it goes without looking, in ms: a moved tenant clock and other instances' work are noticed within this. */
  readonly idleMs: number;
  readonly signal: AbortSignal;
}

/** Claims due cases and runs them until the signal aborts. A crash loses nothing: the lease ends and another run goes on. */
export async function runWorker(engine: Engine, options: WorkerOptions): Promise<void> {
  const lanes = Array.from({ length: options.width }, (_, lane) =>
    runLane(engine, `${options.owner}/${lane}`, options),
  );
  await Promise.all(lanes);
}

async function runLane(engine: Engine, owner: string, options: WorkerOptions): Promise<void> {
  while (!options.signal.aborted) {
    const worked = await workOnce(engine, owner);
    if (!worked) await engine.clock.wait(await untilDue(engine, options.idleMs), options.signal);
  }
}

/** Takes one due case, if there is one, and runs it until nothing of it is due. */
async function workOnce(engine: Engine, owner: string): Promise<boolean> {
  const { store, tenantId, clock } = engine;
  try {
    const lease = await store.claimCase(tenantId, owner, clock.tenantNow(), clock.machineNow(), leaseMs);
    if (!lease) return false;
    const run = caseRun(engine, lease);
    try {
      await runCase(run);
    } catch (error) {
      if (error instanceof RunInterrupted) throw error;
      await setAside(run, error);
    } finally {
      await store.releaseLease(run.lease());
    }
    return true;
  } catch (error) {
    if (!(error instanceof RunInterrupted)) engine.report(`worker ${owner}`, error);
    // A store that is down or a defect must not become a busy loop; the case stays due and is tried again.
    await clock.wait(1_000);
    return false;
  }
}

async function untilDue(engine: Engine, idleMs: number): Promise<number> {
  const next = await engine.store.nextCaseDueAt(engine.tenantId);
  if (!next) return idleMs;
  const ms = msBetween(engine.clock.tenantNow(), next);
  return Math.min(idleMs, Math.max(ms, 5));
}

const setAsideMs = 60_000;

/** A defect of ours in one case must neither stop the others nor stay silent: the case gets an exception with an owner and is tried again later. */
async function setAside(run: CaseRun, error: unknown): Promise<void> {
  const { engine } = run;
  engine.report(`running ${run.caseId}`, error);
  const state = await run.load();
  const code = 'latchkey.defect';
  const known = state.exceptions.some((e) => e.code === code && e.resolution === undefined);
  const cause = {
    code,
    title: 'Latchkey could not go on with this case',
    saw: `An error of Latchkey itself: ${error instanceof Error ? error.message : 'unknown'}.`,
    advice:
      'It is tried again every minute. Look at the log of the machine and at what is still open in the case; once the case goes on, choose Done by hand here.',
    severity: 'high' as const,
  };
  const opened = known
    ? { state: [], evidence: [], outbox: [] }
    : await openExceptions(engine, state.record, [
        newException(engine, state.record, exceptionNumbers(state)(), cause),
      ]);
  await run.commit({
    ...opened,
    wake: [{ caseId: run.caseId, dueAt: plusMs(engine.clock.tenantNow(), setAsideMs), mode: 'set' }],
  });
}
