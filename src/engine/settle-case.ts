import type { CaseRecord } from '#domain/case';
import { type CaseState, changesOf, openExceptions } from '#domain/case-state';
import { isFinished } from '#domain/case-status';
import { planParts } from '#domain/deviation-part';
import type { StepId } from '#domain/ids';
import type { Instant } from '#domain/instant';
import type { Decision, Part } from '#domain/part';
import { isRejected, partStatus, requirementStatus } from '#domain/part-status';
import type { CaseRun } from '#engine/case-run';
import { movedCards } from '#engine/change-journal';
import { makeCheckpoint } from '#engine/checkpoint';
import { completedCards } from '#engine/completed-cards';
import { evidenceEntry } from '#engine/evidence-entry';
import { exceptionCards } from '#engine/exception-cards';
import { openFollowUps } from '#engine/follow-ups';
import { exceptionWrite, openCaseKey, touchCase } from '#engine/keys';
import { caseCards } from '#engine/open-exception';
import { basePartId, workflowOf } from '#engine/plan-parts';
import { watchOf } from '#engine/watch-schedule';
import { type PartId, stepsOfCase } from '#engine/workflow';

/** Sets what has become true: milestones, the end of exceptions about decisions that were made since, completion. Answers whether anything moved. */
export async function settleCase(run: CaseRun, state: CaseState): Promise<boolean> {
  if (await closeAnswered(run, state)) return true;
  const accessSteps = stepsOfCase(workflowOf(run.engine, state.record), state.record)
    .filter(({ part }) => part === 'access')
    .map(({ step }) => step.id);
  if (await setMilestone(run, state, 'accessClosedAt', accessClosedAt(state, accessSteps), 'milestone.access-closed'))
    return true;
  if (await setMilestone(run, state, 'handedOverAt', handedOverAt(state), 'milestone.handed-over')) return true;
  if (!isFinished(state)) return false;
  await complete(run, state);
  return true;
}

/** Proved: every change that closes access has ended and nothing about it is open. */
function accessClosedAt(state: CaseState, accessSteps: readonly StepId[]): Instant | undefined {
  const parts = endedParts(state, 'access');
  if (parts.length === 0) return undefined;
  const changes = parts.flatMap((part) => changesOf(state, part));
  const steps = new Set([...changes.map((c) => c.stepId), ...accessSteps]);
  if (openExceptions(state).some((e) => e.stepId !== undefined && steps.has(e.stepId))) return undefined;
  return latest(changes.map((c) => c.endedAt)) ?? parts[0]?.startedAt;
}

function handedOverAt(state: CaseState): Instant | undefined {
  const parts = endedParts(state, 'hand-over');
  return latest(parts.flatMap((part) => changesOf(state, part)).map((c) => c.endedAt)) ?? parts[0]?.startedAt;
}

/** A part and what was added to it; none while something of it is still open. What was rejected is not waited for. */
function endedParts(state: CaseState, base: PartId): readonly Part[] {
  const parts = state.parts.filter((part) => part.purpose === 'do' && basePartId(part.partId) === base);
  const live = parts.filter((part) => partStatus(state, part) !== 'rejected');
  return live.every((part) => partStatus(state, part) === 'ended') ? live : [];
}

function latest(instants: readonly (Instant | undefined)[]): Instant | undefined {
  return instants
    .filter((i): i is Instant => i !== undefined)
    .sort()
    .at(-1);
}

async function setMilestone(
  run: CaseRun,
  state: CaseState,
  name: 'accessClosedAt' | 'handedOverAt',
  at: Instant | undefined,
  type: string,
): Promise<boolean> {
  const { record } = state;
  if (at === undefined || record.milestones[name] !== undefined) return false;
  const next: CaseRecord = { ...record, milestones: { ...record.milestones, [name]: at } };
  await run.commit({
    state: [{ collection: 'case', key: record.caseId, caseId: record.caseId, expect: state.version, body: next }],
    evidence: [
      await evidenceEntry(run.engine, {
        caseId: record.caseId,
        type,
        actor: { kind: 'clock' },
        data: { at, dueAt: record.effectiveAt },
      }),
    ],
    outbox: [...movedCards(state), ...openCards(run, state)],
  });
  return true;
}

/** What IT has before it says whether access is closed. */
function openCards(run: CaseRun, state: CaseState) {
  const open = openExceptions(state);
  return open.length > 0 ? exceptionCards(run.engine, state.record.caseId, open) : [];
}

/** An exception that only said "nobody has decided" ends with the decision, in the name of whoever made it. */
async function closeAnswered(run: CaseRun, state: CaseState): Promise<boolean> {
  for (const exception of openExceptions(state)) {
    const match = /^decision:([^/]+)\/(.+)$/.exec(exception.changeKey ?? '');
    if (!match) continue;
    const decision = answerTo(state, match[1] ?? '', match[2] ?? '');
    if (!decision) continue;
    const resolution = {
      as: 'confirmed' as const,
      by: decision.decidedBy,
      at: decision.decidedAt,
      note: `Decided: ${decision.outcome}`,
    };
    await run.commit({
      state: [touchCase(state), exceptionWrite({ ...exception, resolution }, false)],
      evidence: [
        await evidenceEntry(run.engine, {
          caseId: state.record.caseId,
          type: 'exception.resolved',
          actor: decision.decidedBy === 'clock' ? { kind: 'clock' } : { kind: 'person', userId: decision.decidedBy },
          data: { exception: exception.exceptionId, as: 'confirmed' },
        }),
      ],
      outbox: [...exceptionCards(run.engine, state.record.caseId, state.exceptions), ...movedCards(state)],
    });
    return true;
  }
  return false;
}

/** The last decision that ended the waiting: on the requirement itself, or one that rejected its part. */
function answerTo(state: CaseState, partHash: string, requirementId: string): Decision | undefined {
  const part = state.parts.find((p) => p.partHash === partHash);
  const requirement = part?.requirements.find((r) => r.requirementId === requirementId);
  if (!part || !requirement) return undefined;
  const about = state.decisions.filter((d) => d.partHash === partHash);
  if (isRejected(part, state.decisions)) return about.find((d) => d.outcome === 'rejected');
  if (requirementStatus(part, requirement, state.decisions) === 'awaiting') return undefined;
  return about.filter((d) => d.requirementId === requirementId).at(-1);
}

async function complete(run: CaseRun, state: CaseState): Promise<void> {
  const { engine } = run;
  const { record } = state;
  const now = engine.clock.tenantNow();
  const followUps = await openFollowUps(run, state);
  const count = (status: string) => state.changes.filter((c) => c.status === status).length;
  const done: CaseRecord = { ...record, milestones: { ...record.milestones, completedAt: now } };
  const watch = watchOf(engine, done);
  const next: CaseRecord = watch ? { ...done, watch } : done;
  await run.commit({
    state: [
      { collection: 'case', key: record.caseId, caseId: record.caseId, expect: state.version, body: next },
      { collection: 'openCase', key: openCaseKey(record), body: null },
      ...followUps.state,
    ],
    evidence: [
      await evidenceEntry(engine, {
        caseId: record.caseId,
        type: 'case.completed',
        actor: { kind: 'clock' },
        data: {
          confirmed: count('confirmed'),
          notNeeded: count('not-needed'),
          doneByHand: count('done-by-hand'),
          waived: count('waived'),
          rejectedParts: planParts(state.parts)
            .filter((p) => partStatus(state, p) === 'rejected')
            .map((p) => p.partId),
          accessClosedAt: record.milestones.accessClosedAt ?? null,
          handedOverAt: record.milestones.handedOverAt ?? null,
        },
      }),
      ...followUps.evidence,
    ],
    outbox: [...movedCards(state), ...caseCards(record), ...completedCards(engine, record)],
    wake: followUps.wake,
  });
}

/** Signs where the closed case's chain ends, unless that is done: a crash right after completion leaves the case due, and this is made up for. */
export async function signClosure(run: CaseRun, record: CaseRecord): Promise<void> {
  const { store, signer, tenantId, clock } = run.engine;
  const key = `signed/${record.caseId}`;
  if (await store.get(tenantId, 'counter', key)) return;
  const reason = `closure of ${record.caseId}`;
  await makeCheckpoint({ store, signer, tenantId, now: clock.tenantNow(), reason });
  await run.commit({ state: [{ collection: 'counter', key, body: { value: 1 } }], evidence: [], outbox: [] });
}
