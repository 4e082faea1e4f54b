import type { CaseRecord } from '#domain/case';
import type { CaseState } from '#domain/case-state';
import type { ChangeRecord } from '#domain/change';
import { type CaseId, caseIdOf, type StepId } from '#domain/ids';
import type { Instant } from '#domain/instant';
import type { Json } from '#domain/json';
import type { CaseRun } from '#engine/case-run';
import type { Engine } from '#engine/engine';
import { evidenceEntry } from '#engine/evidence-entry';
import { openCaseKey } from '#engine/keys';
import { workflowOf } from '#engine/plan-parts';
import type { EvidenceEntry, Wake, Write } from '#engine/ports/store';

interface FollowUp {
  readonly stepIds: readonly StepId[];
  readonly effectiveAt: Instant;
  readonly intents: Readonly<Record<StepId, Json>>;
}

/** What opening the follow-ups of a case writes: in the transaction that completes it, so that none is ever missing. */
export interface OpenedFollowUps {
  readonly state: readonly Write[];
  readonly evidence: readonly EvidenceEntry[];
  readonly wake: readonly Wake[];
}

/**
 * What is due much later is a dated case of its own that follows this one: steps that the policy puts off, and the end of what was
 * granted for a time. They are planned at once and wait for their day; until then they can be seen, rescheduled and held.
 */
export async function openFollowUps(run: CaseRun, state: CaseState): Promise<OpenedFollowUps> {
  const { engine } = run;
  const wanted = [...laterOnes(engine, state), ...takenBack(engine, state)];
  if (wanted.length === 0) return { state: [], evidence: [], wake: [] };
  const { record } = state;
  const name = `case/${record.kind}`;
  const counter = await engine.store.get(engine.tenantId, 'counter', name);
  const last = counter?.body.value ?? 100;
  const records = wanted.map((one, index) => followUp(engine, record, one, caseIdOf(record.kind, last + index + 1)));
  const value = last + records.length;
  return {
    state: [
      { collection: 'counter', key: name, expect: counter?.version ?? 0, body: { value } },
      ...records.flatMap((next): readonly Write[] => [
        { collection: 'case', key: next.caseId, caseId: next.caseId, expect: 0, body: next },
        { collection: 'openCase', key: openCaseKey(next), expect: 0, body: { caseId: next.caseId } },
      ]),
    ],
    evidence: (await Promise.all(records.map((next) => entriesOf(engine, record.caseId, next)))).flat(),
    wake: records.map(({ caseId }) => ({ caseId, dueAt: engine.clock.tenantNow(), mode: 'sooner' })),
  };
}

/** Steps that the policy puts off, those of one day together. A follow-up has none of its own. */
function laterOnes({ calendar }: Engine, { record }: CaseState): readonly FollowUp[] {
  const { laterSteps = [], onlySteps } = record;
  if (onlySteps) return [];
  const days = [...new Set(laterSteps.map((later) => later.days))].sort((a, b) => a - b);
  return days.map((day) => {
    const stepIds = laterSteps.filter((later) => later.days === day).map(({ stepId }) => stepId);
    const intents = Object.fromEntries(stepIds.map((stepId) => [stepId, record.intents[stepId] ?? null]));
    return { stepIds, effectiveAt: calendar.plusDays(record.effectiveAt, day, record.zone), intents };
  });
}

/** One for each step that takes back what this case is known to have granted. What somebody held before is not taken from them. */
function takenBack(engine: Engine, state: CaseState): readonly FollowUp[] {
  const { record } = state;
  return workflowOf(engine, record).steps.flatMap(({ step, takesBack }) => {
    const granted = state.changes.find((change) => change.stepId === takesBack && wasGranted(change));
    if (!takesBack || !granted) return [];
    const from = granted.endedAt ?? record.effectiveAt;
    const effectiveAt = engine.calendar.plusDays(from, engine.policy.leaver.delegateDays, record.zone);
    return [{ stepIds: [step.id], effectiveAt, intents: { [step.id]: granted.intent } }];
  });
}

function wasGranted({ status }: ChangeRecord): boolean {
  return status === 'confirmed' || status === 'done-by-hand';
}

function followUp(engine: Engine, record: CaseRecord, one: FollowUp, caseId: CaseId): CaseRecord {
  const { stepIds, effectiveAt, intents } = one;
  const {
    laterSteps: _own,
    onlySteps: _none,
    confirmedBy: _before,
    heldUntil: _held,
    watch: _watch,
    promise: _promise,
    ...kept
  } = record;
  return {
    ...kept,
    caseId,
    openedAt: engine.clock.tenantNow(),
    effectiveAt,
    immediate: false,
    openedLate: false,
    intents,
    shown: record.shown.filter(({ stepId }) => stepIds.includes(stepId)),
    revision: 0,
    milestones: {},
    exceptionCount: 0,
    follows: record.caseId,
    onlySteps: stepIds,
  };
}

async function entriesOf(engine: Engine, from: CaseId, next: CaseRecord): Promise<readonly EvidenceEntry[]> {
  const data = { follows: from, effectiveAt: next.effectiveAt, zone: next.zone, steps: next.onlySteps ?? [] };
  const opened = { caseId: next.caseId, type: 'case.opened', actor: { kind: 'clock' }, data } as const;
  const linked = { followUp: next.caseId, effectiveAt: next.effectiveAt };
  const told = { caseId: from, type: 'case.follow-up', actor: { kind: 'clock' }, data: linked } as const;
  return [await evidenceEntry(engine, told), await evidenceEntry(engine, opened)];
}
