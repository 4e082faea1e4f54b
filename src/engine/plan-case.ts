import type { CaseRecord } from '#domain/case';
import type { CaseState } from '#domain/case-state';
import type { ChangeRecord, Risk } from '#domain/change';
import type { CaseException } from '#domain/exception';
import { msBetween } from '#domain/instant';
import type { Decision, Part } from '#domain/part';
import { type HashedChange, partHash, planHash } from '#domain/plan-hash';
import type { CaseRun } from '#engine/case-run';
import type { Engine } from '#engine/engine';
import { evidenceEntry, theSubject } from '#engine/evidence-entry';
import { caseMessage, changeWrite, decisionWrite, partWrite } from '#engine/keys';
import {
  adviceFor,
  caseCards,
  exceptionNumbers,
  newException,
  openExceptions,
  technicalOf,
} from '#engine/open-exception';
import { isCovered, type PlannedStep, partsOf, planSteps, stepContext } from '#engine/plan-steps';
import type { EvidenceEntry, OutboxMessage } from '#engine/ports/store';
import { requirementsFor } from '#engine/requirements';
import type { PartId, Workflow } from '#engine/workflow';

/** How long a tenant that does not answer may hold up the plan before it stands with exceptions instead. */
const planPatienceMs = 120_000;

export const partTitles: Readonly<Record<PartId, string>> = {
  access: 'Access closes',
  closing: 'Mail is kept, licences are returned',
  'hand-over': 'Hand-over',
};

const order: readonly PartId[] = ['access', 'hand-over', 'closing'];

/** The plan could not be made yet: try again later. */
export class NotPlannedYet extends Error {}

/**
 * Reads the live tenant and writes the plan: parts with their hashes and deciders, one journal row per change, what is already so
 * with its observation, and an owned exception for what cannot be done. The requester's confirmation counts for what the form
 * showed and for what its steps declare as covered; anything beyond goes back to HR as a part of its own.
 */
export async function planCase(run: CaseRun, state: CaseState): Promise<void> {
  const { engine } = run;
  const { record } = state;
  const workflow = workflowOf(engine, record);
  const ctx = stepContext(engine, record.caseId, record.person.userId);
  const planned = await planSteps(ctx, workflow.steps, record.intents);
  const failed = planned.filter((p) => p.failure && p.failure.detail.kind !== 'not-permitted');
  if (failed.length > 0 && msBetween(record.openedAt, ctx.now) < planPatienceMs)
    throw new NotPlannedYet(`${failed.map((p) => p.workflowStep.step.id).join(', ')} could not be planned`, {
      cause: failed[0]?.failure,
    });

  const next: CaseRecord = { ...record, revision: record.revision + 1 };
  const changes = changeRecords(engine, next, workflow, planned);
  const parts = buildParts(engine, next, changes);
  const decisions = confirmations(engine, next, parts);
  const number = exceptionNumbers(state);
  const exceptions = planned.flatMap((p) => blockedOf(engine, next, p, number));
  const opened = await openExceptions(engine, next, exceptions);
  await run.commit({
    state: [
      { collection: 'case', key: record.caseId, caseId: record.caseId, expect: state.version, body: next },
      ...parts.map(partWrite),
      ...changes.map(changeWrite),
      ...decisions.map(decisionWrite),
      ...opened.state,
    ],
    evidence: [
      await plannedEntry(engine, next, parts, changes),
      ...(await decisionEntries(engine, decisions)),
      ...opened.evidence,
    ],
    outbox: [...asking(parts, decisions), ...caseCards(next), ...opened.outbox],
  });
}

export function workflowOf(engine: Engine, record: CaseRecord): Workflow {
  const workflow = engine.workflows[record.kind];
  if (!workflow) throw new Error(`no workflow for ${record.kind}`);
  return workflow;
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

function buildParts(engine: Engine, record: CaseRecord, changes: readonly ChangeRecord[]): readonly Part[] {
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
  const base = partId.replace(/-added.*$/, '') as PartId;
  const workflow = workflowOf(engine, record);
  const riskOf = (change: ChangeRecord) =>
    workflow.steps.find(({ step }) => step.id === change.stepId)?.step.risk ?? 'routine';
  const risk = risks[Math.max(...changes.map((c) => risks.indexOf(riskOf(c))))] ?? 'routine';
  const pending = changes.filter((c) => c.status === 'planned');
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
    requirements: pending.length === 0 ? [] : requirementsFor(base, record, engine.policy, engine.clock.tenantNow()),
    startsAt: record.effectiveAt,
  };
}

/** HR's submit was the confirmation of what the form showed: it counts for every part but those that hold something new. */
function confirmations(engine: Engine, record: CaseRecord, parts: readonly Part[]): readonly Decision[] {
  if (!record.requesterIsHr || record.requestedBy.kind !== 'person') return [];
  const userId = record.requestedBy.userId;
  return parts
    .filter((part) => !part.partId.endsWith('-added'))
    .flatMap((part) =>
      part.requirements
        .filter((requirement) => requirement.requirementId === 'hr-confirms')
        .map((requirement) => ({
          tenantId: engine.tenantId,
          caseId: record.caseId,
          partId: part.partId,
          partHash: part.partHash,
          requirementId: requirement.requirementId,
          round: requirement.round,
          decidedBy: userId,
          outcome: 'approved' as const,
          right: `confirmed the request form as a member of ${engine.policy.people.hr.name}`,
          decidedAt: record.openedAt,
        })),
    );
}

function blockedOf(
  engine: Engine,
  record: CaseRecord,
  planned: PlannedStep,
  number: () => string,
): readonly CaseException[] {
  const { step } = planned.workflowStep;
  const blocked = planned.items.flatMap((item) =>
    item.kind === 'blocked'
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
  if (!planned.failure) return blocked;
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

/** Who has to be asked now: everybody named by a requirement that is still open. */
export function asking(parts: readonly Part[], decisions: readonly Decision[]): readonly OutboxMessage[] {
  return parts.flatMap((part) =>
    part.requirements
      .filter((r) => !decisions.some((d) => d.partHash === part.partHash && d.requirementId === r.requirementId))
      .flatMap((r) => r.of)
      .map((decider) =>
        caseMessage(
          part.caseId,
          decider.kind === 'person' ? `person/${decider.userId}` : `role/${decider.role}`,
          'decision',
        ),
      ),
  );
}

async function plannedEntry(
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

export async function decisionEntries(
  engine: Engine,
  decisions: readonly Decision[],
): Promise<readonly EvidenceEntry[]> {
  return Promise.all(
    decisions.map((d) =>
      evidenceEntry(engine, {
        caseId: d.caseId,
        type: d.outcome === 'approved' ? 'part.approved' : 'part.rejected',
        actor: d.decidedBy === 'clock' ? { kind: 'clock' } : { kind: 'person', userId: d.decidedBy },
        data: { part: d.partId, partHash: d.partHash, requirement: d.requirementId, round: d.round, right: d.right },
        ...(d.reason ? { personal: { of: d.decidedBy, fields: { reason: d.reason } } } : {}),
      }),
    ),
  );
}
