import type { CaseRecord } from '#domain/case';
import type { CaseState } from '#domain/case-state';
import type { ChangeRecord, Risk } from '#domain/change';
import type { Part, Requirement } from '#domain/part';
import { type HashedChange, partHash } from '#domain/plan-hash';
import { type RuledPart, ruledRequirements } from '#engine/approval-rules';
import type { Engine } from '#engine/engine';
import type { PlannedStep } from '#engine/plan-steps';
import { requirementsFor } from '#engine/requirements';
import { findStep, type PartId, type Workflow } from '#engine/workflow';

const partTitles: Readonly<Record<PartId, string>> = {
  access: 'Access closes',
  closing: 'Mail is kept, licences are returned',
  'hand-over': 'Hand-over',
};

const order: readonly PartId[] = ['access', 'hand-over', 'closing'];

export function workflowOf(engine: Engine, record: CaseRecord): Workflow {
  const workflow = engine.workflows[record.kind];
  if (!workflow) throw new Error(`no workflow for ${record.kind}`);
  return workflow;
}

export function newChange(
  engine: Engine,
  record: CaseRecord,
  planned: PlannedStep,
  partId: string,
  change: ChangeRecord['change'],
): ChangeRecord {
  const { step } = planned.workflowStep;
  return {
    tenantId: engine.tenantId,
    caseId: record.caseId,
    revision: record.revision,
    partId,
    stepId: step.id,
    stepVersion: step.version,
    intent: planned.intent,
    change,
    status: 'planned',
    attempt: 0,
  };
}

export function notNeededRecord(
  engine: Engine,
  record: CaseRecord,
  planned: PlannedStep,
  partId: string,
  item: {
    readonly key: string;
    readonly target: ChangeRecord['change']['target'];
    readonly observation: ChangeRecord['observation'] & object;
  },
): ChangeRecord {
  const change = { key: item.key, target: item.target, before: item.observation.data, after: item.observation.data };
  const fresh = newChange(engine, record, planned, partId, change);
  return { ...fresh, status: 'not-needed', observation: item.observation, endedAt: engine.clock.tenantNow() };
}

const risks: readonly Risk[] = ['routine', 'elevated', 'destructive'];

export function buildParts(engine: Engine, record: CaseRecord, changes: readonly ChangeRecord[]): readonly Part[] {
  const ids = [...order.flatMap((id) => [id, `${id}-added`])].filter((id) => changes.some((c) => c.partId === id));
  return ids.map((partId) =>
    buildPart(
      engine,
      record,
      partId,
      changes.filter((c) => c.partId === partId),
    ),
  );
}

export function buildPart(engine: Engine, record: CaseRecord, partId: string, changes: readonly ChangeRecord[]): Part {
  const base = basePartId(partId);
  const workflow = workflowOf(engine, record);
  const riskOf = (change: ChangeRecord) =>
    workflow.steps.find(({ step }) => step.id === change.stepId)?.step.risk ?? 'routine';
  const pending = changes.filter((c) => c.status === 'planned');
  // What is already so is nothing that anybody could weigh.
  const risk = risks[Math.max(...pending.map((c) => risks.indexOf(riskOf(c))))] ?? 'routine';
  const hashed: readonly HashedChange[] = pending.map(({ stepId, stepVersion, intent, change }) => ({
    stepId,
    stepVersion,
    intent,
    change,
  }));
  return {
    tenantId: engine.tenantId,
    caseId: record.caseId,
    revision: record.revision,
    partId,
    purpose: 'do',
    title: partTitles[base],
    risk,
    partHash: partHash(hashed, record.effectiveAt),
    changeKeys: pending.map((c) => c.change.key),
    // A part in which everything is already so asks nobody.
    requirements:
      pending.length === 0 || isDecidedBefore(engine, record, pending)
        ? []
        : requirementsOf(engine, record, { base, risk, changes: pending }),
    startsAt: record.effectiveAt,
  };
}

/** A follow-up that only takes back what was granted for a time was decided with the grant. */
function isDecidedBefore(engine: Engine, record: CaseRecord, changes: readonly ChangeRecord[]): boolean {
  const workflow = workflowOf(engine, record);
  const endsGrant = ({ stepId }: ChangeRecord) => findStep(workflow, stepId)?.step.endsGrant === true;
  return record.follows !== undefined && changes.every(endsGrant);
}

function requirementsOf(engine: Engine, record: CaseRecord, part: RuledPart): readonly Requirement[] {
  const { policy, calendar } = engine;
  const now = engine.clock.tenantNow();
  const own = requirementsFor(part.base, record, policy, now);
  return [...own, ...ruledRequirements({ policy, calendar, record, now }, part, own)];
}

/** For what the approval of a part does not cover: a part beside it, decided by itself. */
export function addedPartId(state: CaseState, partId: string): string {
  const base = basePartId(partId);
  const count = state.parts.filter((p) => p.partId.startsWith(`${base}-added`)).length;
  return count === 0 ? `${base}-added` : `${base}-added-${count + 1}`;
}

/** Of `access-added-2` and `access-drift-1`: `access`. */
export function basePartId(partId: string): PartId {
  const base = partId.replace(/-(added|drift).*$/, '');
  const known = order.find((id) => id === base);
  if (!known) throw new Error(`no part of a plan is called ${partId}`);
  return known;
}
