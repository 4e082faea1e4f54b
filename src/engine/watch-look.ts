import { cameBack } from '#domain/came-back';
import { type CaseState, openExceptions } from '#domain/case-state';
import { type Change, type ChangeRecord, hasEnded } from '#domain/change';
import type { CaseException } from '#domain/exception';
import { type Failure, isFailure } from '#domain/failure';
import type { Instant } from '#domain/instant';
import { isRejected } from '#domain/part-status';
import type { Observation } from '#domain/verdict';
import type { CaseRun } from '#engine/case-run';
import { readPerson } from '#engine/directory';
import { type PlannedStep, planSteps, stepContext } from '#engine/plan-steps';
import type { Planned, StepContext } from '#engine/step';
import { watchedSteps } from '#engine/watch-schedule';
import { readSignIn, type SignIn } from '#engine/watch-sign-in';
import type { WorkflowStep } from '#engine/workflow';

/** A change that would have to be made once more, or for the first time: seen by planning, and by a read of its own. */
export interface Drifted {
  readonly planned: PlannedStep;
  readonly change: Change;
  /** What the journal says of it until now; none: it was not there when the case was closed. */
  readonly row?: ChangeRecord;
  readonly observation: Observation;
}

/** Something came back that Latchkey cannot change by itself. */
export interface Stuck {
  readonly planned: PlannedStep;
  readonly item: Extract<Planned, { kind: 'blocked' }>;
}

/** What was open after an earlier look, and is not found any more. */
export interface Vanished {
  readonly exception: CaseException;
  /** None: there was nothing that Latchkey could have done. */
  readonly row?: ChangeRecord;
  readonly observation?: Observation;
}

export interface Looked {
  readonly at: Instant;
  /** The account is deleted: gone is left. */
  readonly gone: boolean;
  readonly drifted: readonly Drifted[];
  readonly stuck: readonly Stuck[];
  readonly vanished: readonly Vanished[];
  /** Keys of what there is that Latchkey cannot change. */
  readonly standing: readonly string[];
  readonly signIn: SignIn;
  readonly unread: readonly { readonly what: string; readonly failure: Failure }[];
}

/**
 * Plans a closed case again, under its own intents: what there is to do came back, or is new. Nothing is changed. What could not be
 * read is told; what the rest shows counts all the same.
 */
export async function lookAgain(run: CaseRun, state: CaseState): Promise<Looked> {
  const { engine } = run;
  const { record } = state;
  const ctx = stepContext(engine, record.caseId, record.person.userId);
  const nothing = {
    at: ctx.now,
    drifted: [],
    stuck: [],
    vanished: [],
    standing: [],
    signIn: { kind: 'none' },
    unread: [],
  } as const;
  try {
    if (!(await readPerson(engine.graph, ctx.userId))) return { ...nothing, gone: true };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { ...nothing, gone: false, unread: [{ what: 'the account', failure: error }] };
  }
  const steps = stepsThatRan(run, state);
  const [planned, signIn] = await Promise.all([
    planSteps(
      ctx,
      steps.filter(({ step }) => !step.alwaysActs),
      record.intents,
    ),
    readSignIn(engine, state),
  ]);
  const unread = planned.flatMap(({ workflowStep, failure }) =>
    failure ? [{ what: workflowStep.step.id, failure }] : [],
  );
  const seen = await Promise.all(planned.map((p) => driftOf(ctx, state, p)));
  return {
    at: ctx.now,
    gone: false,
    drifted: seen.flatMap((s) => s.drifted),
    stuck: planned.flatMap((p) => stuckOf(state, p, ctx.now)),
    vanished: await vanishedOf(ctx, state, planned),
    standing: planned.flatMap(({ items }) => items.flatMap((item) => (item.kind === 'blocked' ? [item.key] : []))),
    signIn: signIn.kind === 'unread' ? { kind: 'none' } : signIn,
    unread: [
      ...unread,
      ...seen.flatMap((s) => s.unread),
      ...(signIn.kind === 'unread' ? [{ what: 'sign-ins', failure: signIn.failure }] : []),
    ],
  };
}

/** Of parts that people rejected nothing was done, so nothing of them can come back. */
export function stepsThatRan(run: CaseRun, state: CaseState): readonly WorkflowStep[] {
  const rejected = state.parts.filter((part) => isRejected(part, state.decisions)).map(({ partId }) => partId);
  return watchedSteps(run.engine, state.record).filter(({ part }) => !rejected.includes(part));
}

async function driftOf(ctx: StepContext, state: CaseState, planned: PlannedStep) {
  const drifted: Drifted[] = [];
  const unread: Looked['unread'][number][] = [];
  for (const item of planned.items) {
    if (item.kind !== 'change') continue;
    const row = state.changes.find((c) => c.change.key === item.change.key);
    if (isKnown(state, row, item.change.key, ctx.now)) continue;
    try {
      const verdict = await planned.workflowStep.step.verify(ctx, item.change);
      // One replica says it came back and another does not: the next look tells.
      if (verdict.outcome === 'confirmed') continue;
      drifted.push({ planned, change: item.change, ...(row ? { row } : {}), observation: verdict.observation });
    } catch (error) {
      if (!isFailure(error)) throw error;
      unread.push({ what: planned.workflowStep.step.id, failure: error });
    }
  }
  return { drifted, unread };
}

/** People have it before them, accepted it until a day, or Latchkey is at work on it. */
function isKnown(state: CaseState, row: ChangeRecord | undefined, key: string, now: Instant): boolean {
  if (state.exceptions.some((e) => e.changeKey === key && !e.resolution)) return true;
  if (!row) return false;
  if (!hasEnded(row)) return true;
  return row.status === 'waived' && isWaived(state, key, now);
}

function isWaived(state: CaseState, key: string, now: Instant): boolean {
  const last = state.exceptions.filter((e) => e.changeKey === key && e.resolution?.as === 'waived').at(-1);
  const until = last?.resolution?.until;
  return until === undefined || until > now;
}

/**
 * What Latchkey cannot change itself. What a person answered for stands as long as it was there at every look since, unless it
 * leaves access open.
 */
function stuckOf(state: CaseState, planned: PlannedStep, now: Instant): readonly Stuck[] {
  const { standing } = state.record.watch ?? {};
  return planned.items.flatMap((item) => {
    if (item.kind !== 'blocked') return [];
    const about = state.exceptions.filter((e) => e.changeKey === item.key);
    if (about.some((e) => !e.resolution)) return [];
    const ways = about.map((e) => e.resolution?.as);
    if (ways.includes('waived') && isWaived(state, item.key, now)) return [];
    const stood = standing === undefined || standing.includes(item.key);
    const accepted = ways.includes('done-by-hand') && stood && planned.workflowStep.part !== 'access';
    return accepted ? [] : [{ planned, item }];
  });
}

/** Open since an earlier look, and not to be done any more; where there is a change, a read of its own has to say so too. */
async function vanishedOf(
  ctx: StepContext,
  state: CaseState,
  planned: readonly PlannedStep[],
): Promise<readonly Vanished[]> {
  const vanished: Vanished[] = [];
  for (const exception of openExceptions(state)) {
    const of = planned.find(({ workflowStep }) => workflowStep.step.id === exception.stepId);
    if (!cameBack(state, exception) || !of || of.failure || exception.changeKey === undefined) continue;
    if (of.items.some((item) => item.kind !== 'not-needed' && keyOf(item) === exception.changeKey)) continue;
    const row = state.changes.find((c) => c.exceptionId === exception.exceptionId);
    if (!row) vanished.push({ exception });
    else if (row.status === 'exception') vanished.push(...(await readVanished(ctx, of, exception, row)));
  }
  return vanished;
}

async function readVanished(
  ctx: StepContext,
  { workflowStep }: PlannedStep,
  exception: CaseException,
  row: ChangeRecord,
): Promise<readonly Vanished[]> {
  try {
    const verdict = await workflowStep.step.verify(ctx, row.change);
    return verdict.outcome === 'confirmed' ? [{ exception, row, observation: verdict.observation }] : [];
  } catch (error) {
    // It stays open: nothing is lost by not knowing.
    if (!isFailure(error)) throw error;
    return [];
  }
}

function keyOf(item: Planned): string {
  return item.kind === 'change' ? item.change.key : item.key;
}
