import { withPlan } from '#domain/amendment';
import type { CaseRecord } from '#domain/case';
import type { CaseState } from '#domain/case-state';
import type { ChangeRecord } from '#domain/change';
import type { Part } from '#domain/part';
import type { CaseRun } from '#engine/case-run';
import { asking } from '#engine/decision-evidence';
import { changeWrite, partWrite } from '#engine/keys';
import { caseCards, exceptionNumbers, openExceptions } from '#engine/open-exception';
import { endOvertaken } from '#engine/plan-again';
import { blockedOf, plannedEntry } from '#engine/plan-case';
import { basePartId, buildPart, newChange, notNeededRecord, workflowOf } from '#engine/plan-parts';
import { type PlannedStep, planSteps, stepContext } from '#engine/plan-steps';
import type { Write } from '#engine/ports/store';
import { renewPart } from '#engine/renew-parts';
import { stepsOfCase } from '#engine/workflow';

const partId = 'hand-over';

/**
 * Plans the hand-over again after somebody changed who gets what, within the plan as it stands: the other parts, and what was
 * approved of them, are not touched. A step that cannot be planned at this moment is an exception at once: closing access does not
 * wait for it.
 */
export async function planHandOver(run: CaseRun, state: CaseState): Promise<void> {
  const { engine } = run;
  const { record } = state;
  const ctx = stepContext(engine, record.caseId, record.person.userId);
  const steps = stepsOfCase(workflowOf(engine, record), record).filter(({ part }) => part === partId);
  const planned = await planSteps(ctx, steps, record.intents);
  const next: CaseRecord = { ...record, ...withPlan(record, ctx.now) };
  const changes = planned.flatMap((p) => changesFrom(run, next, p));
  const built = changes.length > 0 ? [renewPart(state, buildPart(engine, next, partId, changes))] : [];
  const others = state.parts.filter((part) => !isHandOver(part));
  const parts = [...others, ...built];
  const number = exceptionNumbers(state);
  const blocked = planned.flatMap((p) => blockedOf(engine, { ...state, record: next }, p, number));
  const opened = await openExceptions(engine, next, blocked);
  const overtaken = await endOvertaken(engine, state, parts, planned);
  await run.commit({
    state: [
      { collection: 'case', key: record.caseId, caseId: record.caseId, expect: state.version, body: next },
      ...replacedRows(state, built, changes),
      ...opened.state,
      ...overtaken.state,
    ],
    evidence: [await plannedEntry(engine, next, parts, changes), ...opened.evidence, ...overtaken.evidence],
    outbox: [...asking(built, state.decisions), ...caseCards(next), ...opened.outbox, ...overtaken.outbox],
  });
}

function changesFrom({ engine }: CaseRun, record: CaseRecord, planned: PlannedStep): readonly ChangeRecord[] {
  return planned.items.flatMap((item) => {
    if (item.kind === 'blocked') return [];
    if (item.kind === 'not-needed') return [notNeededRecord(engine, record, planned, partId, item)];
    return [newChange(engine, record, planned, partId, item.change)];
  });
}

function isHandOver(part: Part): boolean {
  return part.purpose === 'do' && basePartId(part.partId) === partId;
}

function replacedRows(state: CaseState, parts: readonly Part[], changes: readonly ChangeRecord[]): readonly Write[] {
  const old = state.parts.filter(isHandOver);
  const goneParts = old.filter((part) => !parts.some((p) => p.partId === part.partId));
  const goneChanges = state.changes.filter(
    (change) =>
      old.some((part) => part.partId === change.partId) && !changes.some((c) => c.change.key === change.change.key),
  );
  return [
    ...goneParts.map((part) => ({ ...partWrite(part), body: null }) as Write),
    ...goneChanges.map((change) => ({ ...changeWrite(change), body: null }) as Write),
    ...parts.map(partWrite),
    ...changes.map(changeWrite),
  ];
}
