import { signedIn } from '#domain/came-back';
import type { CaseState } from '#domain/case-state';
import type { ChangeRecord } from '#domain/change';
import type { CaseException } from '#domain/exception';
import type { Part } from '#domain/part';
import type { CaseRun } from '#engine/case-run';
import { changeEvidence } from '#engine/change-journal';
import { newException } from '#engine/open-exception';
import { basePartId, buildPart, newChange } from '#engine/plan-parts';
import { type PlannedStep, planSteps, stepContext } from '#engine/plan-steps';
import type { EvidenceEntry } from '#engine/ports/store';
import { type Drifted, type Looked, stepsThatRan } from '#engine/watch-look';
import { driftWords, signInWords, stuckWords } from '#engine/watch-words';
import { readAudit, whoDid } from '#engine/who-did-it';

/** What a look opens: an exception for each finding, and the journal rows and parts by which Latchkey can undo it. */
export interface Findings {
  readonly exceptions: readonly CaseException[];
  readonly rows: readonly ChangeRecord[];
  readonly parts: readonly Part[];
  readonly evidence: readonly EvidenceEntry[];
}

/**
 * Each finding has an exception of its own. What the approval of the case covers also has a journal row, in a part beside the one it
 * was decided with: a person's Retry undoes and proves it. What it does not cover is planned on Retry and goes to who has to decide.
 */
export async function findingsOf(run: CaseRun, state: CaseState, looked: Looked): Promise<Findings> {
  const { engine } = run;
  const { record } = state;
  const number = run.exceptionNumbers(state);
  const signIn = await signInFound(run, state, looked, number);
  const audit =
    looked.drifted.length > 0
      ? await readAudit(engine.graph, record.person.userId, record.milestones.accessClosedAt ?? record.openedAt)
      : [];
  const drifts = looked.drifted.map((drift) => {
    const who = whoDid(audit, drift.change);
    const exception = newException(engine, record, number(), {
      stepId: drift.planned.workflowStep.step.id,
      changeKey: drift.change.key,
      code: 'latchkey.drift',
      severity: 'high',
      ...driftWords(engine, state, drift, who),
    });
    return { drift, exception };
  });
  const stuck = looked.stuck.map((one) =>
    newException(engine, record, number(), {
      stepId: one.planned.workflowStep.step.id,
      changeKey: one.item.key,
      code: one.item.code,
      severity: 'high',
      ...stuckWords(engine, state, one),
    }),
  );
  const covered = drifts.filter(({ drift }) => isCovered(state, drift));
  const rows = [
    ...signIn.rows,
    ...covered.map(({ drift, exception }) => rowOf(run, state, drift.planned, drift.change, exception, drift)),
  ];
  const excepted: readonly ChangeRecord[] = rows.map((row) => ({ ...row, status: 'exception' }));
  return {
    exceptions: [...signIn.exceptions, ...drifts.map(({ exception }) => exception), ...stuck],
    rows: excepted,
    parts: partsFor(run, state, rows),
    evidence: await Promise.all(excepted.map((row) => driftEvidence(run, state, row))),
  };
}

/** Under the same intent, by what was approved of that step then. */
function isCovered(state: CaseState, { planned, change }: Drifted): boolean {
  const { step } = planned.workflowStep;
  const approved = state.changes.filter((c) => c.stepId === step.id).map((c) => c.change);
  return step.covers({ intent: planned.intent, changes: approved }, change);
}

function rowOf(
  run: CaseRun,
  state: CaseState,
  planned: PlannedStep,
  change: ChangeRecord['change'],
  exception: CaseException,
  drift?: Drifted,
): ChangeRecord {
  const { part } = planned.workflowStep;
  const before = state.changes.find((c) => c.change.key === change.key);
  const base = before ? basePartId(before.partId) : part;
  const count = state.parts.filter(({ partId }) => partId.startsWith(`${base}-drift-`)).length;
  return {
    ...newChange(run.engine, state.record, planned, `${base}-drift-${count + 1}`, change),
    exceptionId: exception.exceptionId,
    ...(drift ? { observation: drift.observation } : {}),
  };
}

/** Nobody is asked: what was approved then covers it. The hash tells what that was; it begins when a person chooses Retry. */
function partsFor(run: CaseRun, { record }: CaseState, rows: readonly ChangeRecord[]): readonly Part[] {
  const now = run.engine.clock.tenantNow();
  return [...new Set(rows.map(({ partId }) => partId))].map((partId) => ({
    ...buildPart(
      run.engine,
      record,
      partId,
      rows.filter((row) => row.partId === partId),
    ),
    requirements: [],
    startsAt: now,
    startedAt: now,
  }));
}

async function driftEvidence(run: CaseRun, state: CaseState, row: ChangeRecord): Promise<EvidenceEntry> {
  const decided = state.parts.find(({ partId }) => partId === basePartId(row.partId));
  return changeEvidence(run.engine, row, 'change.drifted', {
    exception: row.exceptionId ?? null,
    coveredBy: decided?.partHash ?? null,
  });
}

/** Somebody signed in: the steps that always act (ending sessions) can be done once more. */
async function signInFound(run: CaseRun, state: CaseState, { signIn }: Looked, number: () => string) {
  if (signIn.kind !== 'since') return { exceptions: [], rows: [] };
  if (state.exceptions.some((e) => e.code === signedIn && !e.resolution)) return { exceptions: [], rows: [] };
  const { engine } = run;
  const { record } = state;
  const [again] = stepsThatRan(run, state).filter(({ step }) => step.alwaysActs);
  const ctx = stepContext(engine, record.caseId, record.person.userId);
  const [planned] = again ? await planSteps(ctx, [again], record.intents) : [];
  if (planned?.failure) engine.report(`planning ${again?.step.id} of ${record.caseId} again`, planned.failure);
  const item = planned?.items.find(({ kind }) => kind === 'change');
  const cause = { code: signedIn, severity: 'high' as const, ...signInWords(engine, state, signIn.at, item && again) };
  const base = item?.kind === 'change' ? state.changes.find((c) => c.change.key === item.change.key) : undefined;
  const free = base === undefined || !['planned', 'applying', 'verifying', 'exception'].includes(base.status);
  if (!planned || item?.kind !== 'change' || !free)
    return { exceptions: [newException(engine, record, number(), cause)], rows: [] };
  const about = { stepId: planned.workflowStep.step.id, changeKey: item.change.key };
  const exception = newException(engine, record, number(), { ...about, ...cause });
  return { exceptions: [exception], rows: [rowOf(run, state, planned, item.change, exception)] };
}
