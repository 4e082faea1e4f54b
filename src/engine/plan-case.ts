import { withPlan } from '#domain/amendment';
import type { CaseRecord } from '#domain/case';
import type { CaseState } from '#domain/case-state';
import type { ChangeRecord } from '#domain/change';
import type { CaseException } from '#domain/exception';
import { isFailure } from '#domain/failure';
import { type Instant, msBetween } from '#domain/instant';
import type { Part } from '#domain/part';
import { planHash } from '#domain/plan-hash';
import { hashOfPolicy } from '#domain/policy-hash';
import type { CaseRun } from '#engine/case-run';
import { asking, decisionEntries } from '#engine/decision-evidence';
import type { Engine } from '#engine/engine';
import { evidenceEntry, theSubject } from '#engine/evidence-entry';
import { hrConfirmations } from '#engine/hr-confirmations';
import { promiseOf } from '#engine/keep-promise';
import { changeWrite, decisionWrite, partWrite } from '#engine/keys';
import {
  adviceFor,
  caseCards,
  exceptionNumbers,
  newException,
  openExceptions,
  technicalOf,
} from '#engine/open-exception';
import { carriedDeviations, endOvertaken, isUnplanned } from '#engine/plan-again';
import { buildParts, newChange, notNeededRecord, workflowOf } from '#engine/plan-parts';
import { isCovered, type PlannedStep, partsOf, planSteps, stepContext } from '#engine/plan-steps';
import type { EvidenceEntry } from '#engine/ports/store';
import { readForRules } from '#engine/read-for-rules';
import { renewParts } from '#engine/renew-parts';
import { stepsOfCase, type Workflow } from '#engine/workflow';

/** How long a tenant that does not answer may hold up the plan before it stands with exceptions instead. */
const planPatienceMs = 120_000;

/** The plan could not be made yet: try again later. */
export class NotPlannedYet extends Error {}

/**
 * Reads the live tenant and writes the plan: parts with their hashes and deciders, one journal row per change, what is already so
 * with its observation, and an owned exception for what cannot be done. The requester's confirmation counts for what the form
 * showed and for what its steps declare as covered; anything beyond goes back to HR as a part of its own. Of a case that was amended the
 * next revision is written: what did not change keeps its approvals.
 */
export async function planCase(run: CaseRun, state: CaseState): Promise<void> {
  const { engine } = run;
  const { record } = state;
  const workflow = workflowOf(engine, record);
  const ctx = stepContext(engine, record.caseId, record.person.userId);
  const planned = await planSteps(ctx, stepsOfCase(workflow, record), record.intents);
  const failed = planned.filter((p) => p.failure && p.failure.detail.kind !== 'not-permitted');
  if (failed.length > 0 && msBetween(askedSince(record), ctx.now) < planPatienceMs)
    throw new NotPlannedYet(`${failed.map((p) => p.workflowStep.step.id).join(', ')} could not be planned`, {
      cause: failed[0]?.failure,
    });

  const next: CaseRecord = {
    ...record,
    ...promiseOf(engine, record),
    ...(await peopleFor(engine, record)),
    ...withPlan(record, ctx.now),
    revision: record.revision + 1,
  };
  const changes = changeRecords(engine, next, workflow, planned);
  const parts = renewParts(state, buildParts(engine, next, changes));
  const decisions = hrConfirmations(engine, next, parts, state.decisions);
  const number = exceptionNumbers(state);
  const exceptions = planned.flatMap((p) => blockedOf(engine, { ...state, record: next }, p, number));
  const opened = await openExceptions(engine, next, exceptions);
  const overtaken = await endOvertaken(engine, state, parts, planned);
  await run.commit({
    state: [
      { collection: 'case', key: record.caseId, caseId: record.caseId, expect: state.version, body: next },
      ...[...parts, ...carriedDeviations(state, next.revision)].map(partWrite),
      ...changes.map(changeWrite),
      ...decisions.map(decisionWrite),
      ...opened.state,
      ...overtaken.state,
    ],
    evidence: [
      await plannedEntry(engine, next, parts, changes),
      ...(await decisionEntries(engine, decisions)),
      ...opened.evidence,
      ...overtaken.evidence,
    ],
    outbox: [
      ...asking(parts, [...state.decisions, ...decisions]),
      ...caseCards(next),
      ...opened.outbox,
      ...overtaken.outbox,
    ],
  });
}

/** Since when this plan is wanted. */
function askedSince({ amendments = [], openedAt }: CaseRecord): Instant {
  return amendments.at(-1)?.at ?? openedAt;
}

/** A directory that does not answer holds the plan up like a step that cannot be planned; then the rules fall back. */
async function peopleFor(engine: Engine, record: CaseRecord): Promise<Partial<CaseRecord>> {
  try {
    return await readForRules(engine, record);
  } catch (error) {
    if (!isFailure(error)) throw error;
    if (msBetween(askedSince(record), engine.clock.tenantNow()) < planPatienceMs)
      throw new NotPlannedYet('whom the rules ask could not be read', { cause: error });
    engine.report(`reading whom the rules ask about ${record.caseId}`, error);
    return {};
  }
}

function changeRecords(
  engine: Engine,
  record: CaseRecord,
  workflow: Workflow,
  planned: readonly PlannedStep[],
): readonly ChangeRecord[] {
  const parts = partsOf(workflow, planned);
  return planned.flatMap((p) =>
    p.items.flatMap((item) => {
      const { step, part } = p.workflowStep;
      const assigned = parts.get(step.id) ?? part;
      if (item.kind === 'blocked') return [];
      if (item.kind === 'not-needed') return [notNeededRecord(engine, record, p, assigned, item)];
      const covered = assigned === 'hand-over' || isCovered(p, record.shown, item.change.key);
      return [newChange(engine, record, p, covered ? assigned : `${assigned}-added`, item.change)];
    }),
  );
}

/** An exception for what cannot be done or could not be planned; one that stands already, or was dealt with, is not opened again. */
export function blockedOf(
  engine: Engine,
  { record, exceptions }: Pick<CaseState, 'record' | 'exceptions'>,
  planned: PlannedStep,
  number: () => string,
): readonly CaseException[] {
  const { step } = planned.workflowStep;
  const blocked = planned.items.flatMap((item) =>
    item.kind === 'blocked' && !exceptions.some((e) => e.changeKey === item.key)
      ? [
          newException(engine, record, number(), {
            stepId: step.id,
            changeKey: item.key,
            code: item.code,
            title: item.title,
            saw: item.saw,
            advice: item.advice,
          }),
        ]
      : [],
  );
  if (!planned.failure || exceptions.some((e) => isUnplanned(e, step.id))) return blocked;
  const failure = planned.failure;
  const cause = {
    stepId: step.id,
    code: failure.detail.code,
    title: `${record.person.displayName}: ${step.id} could not be planned`,
    saw: failure.message,
    advice: adviceFor(failure),
    severity: 'high' as const,
    technical: technicalOf(failure),
  };
  return [...blocked, newException(engine, record, number(), cause)];
}

export async function plannedEntry(
  engine: Engine,
  record: CaseRecord,
  parts: readonly Part[],
  changes: readonly ChangeRecord[],
): Promise<EvidenceEntry> {
  return evidenceEntry(engine, {
    caseId: record.caseId,
    type: 'plan.made',
    actor: { kind: 'clock' },
    data: {
      revision: record.revision,
      planHash: planHash(parts.map((p) => p.partHash)),
      policy: hashOfPolicy(engine.policy),
      parts: parts.map((p) => ({
        part: p.partId,
        partHash: p.partHash,
        risk: p.risk,
        startsAt: p.startsAt,
        changes: p.changeKeys.length,
      })),
    },
    personal: {
      of: theSubject,
      fields: changes.map((c) => ({
        step: c.stepId,
        key: c.change.key,
        target: c.change.target.displayName,
        before: c.change.before,
        after: c.change.after,
        status: c.status,
        observation: c.observation?.text ?? null,
      })),
    },
  });
}
