import type { Actor } from '#domain/actor';
import type { CaseState } from '#domain/case-state';
import type { ChangeRecord } from '#domain/change';
import type { CaseException } from '#domain/exception';
import type { Failure } from '#domain/failure';
import type { Instant } from '#domain/instant';
import type { Json } from '#domain/json';
import { type CaseRun, RunInterrupted } from '#engine/case-run';
import type { Engine } from '#engine/engine';
import { evidenceEntry, theSubject } from '#engine/evidence-entry';
import { caseMessage, changeWrite, exceptionWrite } from '#engine/keys';
import {
  adviceFor,
  caseCards,
  newException,
  openExceptions,
  technicalOf,
  toldExceptions,
} from '#engine/open-exception';
import type { Commit, EvidenceEntry, OutboxMessage } from '#engine/ports/store';
import { describeChange } from '#engine/workflow';

/** One row about one change. What was read and whom it concerns is sealed; the rest is ids, counts and outcomes. */
export async function changeEvidence(
  engine: Engine,
  change: ChangeRecord,
  type: string,
  data: { readonly [key: string]: Json },
  actor: Actor = { kind: 'clock' },
): Promise<EvidenceEntry> {
  const { receipt, ...open } = data;
  return evidenceEntry(engine, {
    caseId: change.caseId,
    type,
    actor,
    data: { step: change.stepId, version: change.stepVersion, part: change.partId, ...open },
    personal: {
      of: theSubject,
      fields: {
        key: change.change.key,
        target: change.change.target.displayName,
        before: change.change.before,
        after: change.change.after,
        ...(receipt === undefined ? {} : { receipt }),
        ...(change.observation
          ? { observation: { text: change.observation.text, data: change.observation.data } }
          : {}),
      },
    },
  });
}

/** Whoever follows the case sees it move: the requester, and the people who decided. */
export function movedCards(state: CaseState): readonly OutboxMessage[] {
  const { record } = state;
  const people = state.parts
    .flatMap((part) => part.requirements)
    .flatMap((requirement) => requirement.of)
    .flatMap((decider) => (decider.kind === 'person' && decider.as !== 'requester' ? [decider.userId] : []));
  return [
    ...caseCards(record),
    ...[...new Set(people)].map((userId) => caseMessage(record.caseId, `person/${userId}`, 'decision')),
  ];
}

export interface UnprovedCause {
  readonly code: string;
  readonly saw: string;
  readonly advice: string;
  readonly technical?: string;
}

export async function failChange(
  run: CaseRun,
  state: CaseState,
  change: ChangeRecord,
  failure: Failure,
  number: () => string,
): Promise<void> {
  await exceptChange(run, state, change, number, {
    code: failure.detail.code,
    saw: failure.message,
    advice: adviceFor(failure),
    technical: technicalOf(failure),
  });
}

/** The change is not proved and Latchkey cannot go on with it alone: an exception with an owner, a cause and advice. */
export async function exceptChange(
  run: CaseRun,
  state: CaseState,
  change: ChangeRecord,
  number: () => string,
  cause: UnprovedCause,
): Promise<void> {
  const { engine } = run;
  const { record } = state;
  const workflow = engine.workflows[record.kind];
  const what = workflow ? describeChange(workflow, change.stepId, change.change).will : change.change.key;
  const details = {
    stepId: change.stepId,
    changeKey: change.change.key,
    title: `Not proved: ${what}`,
    severity: change.partId.startsWith('access') ? ('high' as const) : ('normal' as const),
    ...cause,
  };
  const { nextCheckAt: _due, agreeing: _reset, ...kept } = change;
  const write = async (exceptionId: string, wrote: Pick<Commit, 'state' | 'evidence' | 'outbox'>, said: Said = {}) => {
    const excepted: ChangeRecord = { ...kept, status: 'exception', exceptionId };
    const data = { exception: exceptionId, code: cause.code, ...said };
    await run.commit({
      state: [changeWrite(excepted), ...wrote.state],
      evidence: [await changeEvidence(engine, excepted, 'change.excepted', data), ...wrote.evidence],
      outbox: [...wrote.outbox, ...movedCards(state)],
    });
  };
  const before = exceptionOf(state, change);
  if (!before) {
    const exception = newException(engine, record, number(), details);
    return write(exception.exceptionId, await openExceptions(engine, record, [exception]));
  }
  await withException(run, before, async (fresh, expect) => {
    const exception = again(before, fresh, newException(engine, record, before.exceptionId, details));
    const told = await toldExceptions(engine, record, [exception]);
    const rewritten = [{ ...exceptionWrite(exception, false), expect }];
    const said = before.byHand ? { saidDoneBy: before.byHand.by, saidDoneAt: before.byHand.at } : {};
    return write(exception.exceptionId, { ...told, state: rewritten }, said);
  });
}

/** Who had said that it was done by hand, where the tenant shows otherwise. */
type Said = { readonly saidDoneBy?: string; readonly saidDoneAt?: Instant };

/** The open exception about a change, if there is one. */
export function exceptionOf(state: CaseState, change: ChangeRecord): CaseException | undefined {
  return state.exceptions.find((e) => e.changeKey === change.change.key && e.resolution === undefined);
}

/**
 * Writes about an exception as it is at this moment, not as the pass read it: somebody may have asked for something since, and what
 * came back from the tenant must be on the record all the same. `write` commits, expecting the version it is given.
 */
export async function withException(
  run: CaseRun,
  { caseId, exceptionId }: CaseException,
  write: (fresh: CaseException, expect: number) => Promise<void>,
): Promise<void> {
  for (;;) {
    const { fresh, expect } = await readException(run, { caseId, exceptionId });
    try {
      return await write(fresh, expect);
    } catch (error) {
      if (!(error instanceof RunInterrupted) || error.why !== 'conflict') throw error;
    }
  }
}

async function readException(
  run: CaseRun,
  { caseId, exceptionId }: Pick<CaseException, 'caseId' | 'exceptionId'>,
): Promise<{ readonly fresh: CaseException; readonly expect: number }> {
  const stored = await run.engine.store.get(run.engine.tenantId, 'exception', `${caseId}/${exceptionId}`);
  if (!stored) throw new Error(`exception ${exceptionId} of ${caseId} is gone`);
  return { fresh: stored.body, expect: stored.version };
}

/** An open exception as it is at this moment. Throws `RunInterrupted` where it was closed since the pass read it. */
export async function freshException(run: CaseRun, exception: CaseException) {
  const read = await readException(run, exception);
  if (read.fresh.resolution) throw new RunInterrupted('conflict', exception.exceptionId);
  return read;
}

/** The same matter failed once more: same number and age, new cause. The wish that led to it is used up; one that came meanwhile is not. */
function again(before: CaseException, fresh: CaseException, now: CaseException): CaseException {
  const { openedAt, dueAt, owner, byHand, retry, escalated } = fresh;
  const triedAgain = countedAgain(fresh, now.openedAt);
  const contradicted = before.byHand ?? fresh.contradicted;
  return {
    ...now,
    openedAt,
    dueAt,
    owner,
    ...(escalated ? { escalated } : {}),
    ...(contradicted ? { contradicted } : {}),
    ...(triedAgain ? { triedAgain } : {}),
    ...(byHand && !before.byHand ? { byHand } : {}),
    ...(retry && !retry.taken ? { retry } : {}),
  };
}

/** A try that somebody asked for and that came to the same end is told: the card must not look as if nothing had been done. */
export function countedAgain({ retry, triedAgain }: CaseException, at: Instant): CaseException['triedAgain'] {
  return retry?.taken ? { by: retry.by, at, times: (triedAgain?.times ?? 0) + 1 } : triedAgain;
}
