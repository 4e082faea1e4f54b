import { type CaseState, openExceptions } from '#domain/case-state';
import type { CaseException } from '#domain/exception';
import type { StepId } from '#domain/ids';
import type { Part } from '#domain/part';
import { askedCards } from '#engine/asked-people';
import type { Engine } from '#engine/engine';
import { evidenceEntry } from '#engine/evidence-entry';
import { exceptionCards } from '#engine/exception-cards';
import { exceptionWrite } from '#engine/keys';
import type { PlannedStep } from '#engine/plan-steps';
import type { Commit } from '#engine/ports/store';

/** What was wished to be otherwise than the plan outlives the plan: its own hash does not cover the changes. */
export function carriedDeviations(state: CaseState, revision: number): readonly Part[] {
  return state.parts.filter(({ purpose }) => purpose === 'deviation').map((part) => ({ ...part, revision }));
}

/** An open exception that only says that a step could not be planned. */
export function isUnplanned(exception: CaseException, stepId: StepId): boolean {
  return exception.stepId === stepId && !exception.changeKey && !exception.resolution;
}

/**
 * Ends what the new plan has made pointless: exceptions about decisions that nobody is asked for any more, and about what could not
 * be planned then and is planned now. Everybody who was asked about the old plan sees the new one.
 */
export async function endOvertaken(
  engine: Engine,
  state: CaseState,
  parts: readonly Part[],
  planned: readonly PlannedStep[],
): Promise<Pick<Commit, 'state' | 'evidence' | 'outbox'>> {
  if (state.parts.length === 0) return { state: [], evidence: [], outbox: [] };
  const { caseId } = state.record;
  const at = engine.clock.tenantNow();
  const ended = openExceptions(state)
    .filter((exception) => isOvertaken(exception, parts, planned))
    .map((exception) => ({
      ...exception,
      resolution: { as: 'confirmed' as const, by: 'clock', at, note: 'The plan was made again, without this' },
    }));
  return {
    state: ended.map((exception) => exceptionWrite(exception, false)),
    evidence: await Promise.all(
      ended.map(({ exceptionId }) =>
        evidenceEntry(engine, {
          caseId,
          type: 'exception.resolved',
          actor: { kind: 'clock' },
          data: { exception: exceptionId, as: 'confirmed', overtaken: true },
        }),
      ),
    ),
    outbox: [...(await askedCards(engine, state)), ...(ended.length > 0 ? exceptionCards(engine, caseId, ended) : [])],
  };
}

function isOvertaken(exception: CaseException, parts: readonly Part[], planned: readonly PlannedStep[]): boolean {
  const about = /^decision:([^/]+)\//.exec(exception.changeKey ?? '')?.[1];
  if (about !== undefined) return !parts.some(({ partHash }) => partHash === about);
  const step = planned.find(({ workflowStep }) => workflowStep.step.id === exception.stepId);
  if (!step || step.failure) return false;
  if (exception.changeKey === undefined) return true;
  return !step.items.some((item) => item.kind === 'blocked' && item.key === exception.changeKey);
}
