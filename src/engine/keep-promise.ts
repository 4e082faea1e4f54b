import type { CaseRecord } from '#domain/case';
import { type CaseState, changesOf, openExceptions } from '#domain/case-state';
import { type ChangeRecord, hasEnded } from '#domain/change';
import type { CaseException } from '#domain/exception';
import { type Instant, isAtOrAfter, plusMs } from '#domain/instant';
import type { Part } from '#domain/part';
import { isRejected, partStatus } from '#domain/part-status';
import { type CasePromise, promiseDueAt, promiseWarnAt } from '#domain/promise';
import type { CaseRun } from '#engine/case-run';
import { movedCards } from '#engine/change-journal';
import type { Duty } from '#engine/duty';
import type { Engine } from '#engine/engine';
import { evidenceEntry } from '#engine/evidence-entry';
import { exceptionCards } from '#engine/exception-cards';
import { exceptionWrite } from '#engine/keys';
import { exceptionNumbers, newException, openExceptions as opening } from '#engine/open-exception';
import { basePartId, workflowOf } from '#engine/plan-parts';
import { describeChange } from '#engine/workflow';

const code = 'latchkey.promise-at-risk';
const minute = 60_000;

/** By when a case is done, as the policy promises it. What only follows another case promises nothing of its own. */
export function promiseOf(engine: Engine, record: CaseRecord): Pick<CaseRecord, 'promise'> {
  if (record.follows !== undefined || record.kind !== 'leaver') return {};
  const { leaverClosed, leastHours, warnMinutes } = engine.policy.promises;
  const { effectiveAt, zone } = record;
  const askedAt = record.confirmedBy?.at ?? record.openedAt;
  const due =
    leaverClosed === 'end-of-day'
      ? engine.calendar.endOfLocalDay(effectiveAt, zone)
      : plusMs(effectiveAt, leaverClosed * 60 * minute);
  // Asked for late, or late in the day: the promise can only count from when there was something to do.
  const begins = isAtOrAfter(askedAt, effectiveAt) ? askedAt : effectiveAt;
  const least = plusMs(begins, leastHours * 60 * minute);
  const dueAt = isAtOrAfter(due, least) ? due : least;
  const { milestone } = workflowOf(engine, record).promise;
  return { promise: { milestone, dueAt, warnAt: plusMs(dueAt, -warnMinutes * minute) } };
}

/** Tells before the end that a promise may be missed, and puts on the record whether it was kept. */
export const keepPromise: Duty = {
  async act(run, state, now) {
    const { promise } = state.record;
    if (!promise || promise.keptAt !== undefined) return false;
    const open = openParts(run.engine, state);
    if (open.length === 0) return kept(run, state, promise, now);
    const missed = promise.missedAt === undefined && isAtOrAfter(now, promiseDueAt(state, promise));
    if (missed) return told(run, state, { ...promise, warnedAt: promise.warnedAt ?? now, missedAt: now }, open);
    const warned = promise.warnedAt !== undefined || !isAtOrAfter(now, promiseWarnAt(state, promise));
    return warned ? false : told(run, state, { ...promise, warnedAt: now }, open);
  },
  dueAt(_engine, state) {
    const { promise } = state.record;
    if (!promise || promise.keptAt !== undefined || promise.missedAt !== undefined) return undefined;
    return promise.warnedAt === undefined ? promiseWarnAt(state, promise) : promiseDueAt(state, promise);
  },
};

/** Parts of the promise that have not ended. What was rejected was decided otherwise and is not waited for. */
function openParts(engine: Engine, state: CaseState): readonly Part[] {
  const { parts } = workflowOf(engine, state.record).promise;
  return state.parts
    .filter((part) => part.purpose === 'do' && !isRejected(part, state.decisions))
    .filter((part) => parts.includes(basePartId(part.partId)) && partStatus(state, part) !== 'ended');
}

async function kept(run: CaseRun, state: CaseState, promise: CasePromise, now: Instant): Promise<boolean> {
  const { engine } = run;
  const { record } = state;
  const next: CaseRecord = { ...record, promise: { ...promise, keptAt: now } };
  const open = openExceptions(state).find((exception) => exception.code === code);
  const note = promise.missedAt === undefined ? 'Closed in time' : 'Closed, later than promised';
  const resolution = { as: 'confirmed', by: 'clock', at: now, note } as const;
  await run.commit({
    state: [recordWrite(state, next), ...(open ? [exceptionWrite({ ...open, resolution }, false)] : [])],
    evidence: [
      await evidenceEntry(engine, {
        caseId: record.caseId,
        type: promise.missedAt === undefined ? 'promise.kept' : 'promise.kept-late',
        actor: { kind: 'clock' },
        data: { milestone: promise.milestone, dueAt: promiseDueAt(state, promise), at: now },
      }),
    ],
    outbox: [...movedCards(state), ...(open ? exceptionCards(engine, record.caseId, state.exceptions) : [])],
  });
  return true;
}

async function told(run: CaseRun, state: CaseState, promise: CasePromise, parts: readonly Part[]): Promise<boolean> {
  const { engine } = run;
  const { record } = state;
  const missed = promise.missedAt !== undefined;
  const before = openExceptions(state).find((exception) => exception.code === code);
  const fresh = newException(engine, record, before?.exceptionId ?? exceptionNumbers(state)(), {
    code,
    title: titleOf(engine, state, promise, missed),
    saw: sawOf(engine, state, parts),
    advice: 'Work what is open first. This closes by itself as soon as everything promised for that day is done.',
    severity: 'high',
  });
  const exception: CaseException = before ? { ...before, title: fresh.title, saw: fresh.saw } : fresh;
  const opened = before
    ? {
        state: [exceptionWrite(exception, false)],
        evidence: [],
        outbox: exceptionCards(engine, record.caseId, [exception]),
      }
    : await opening(engine, record, [exception]);
  await run.commit({
    state: [recordWrite(state, { ...record, promise }), ...opened.state],
    evidence: [
      await evidenceEntry(engine, {
        caseId: record.caseId,
        type: missed ? 'promise.missed' : 'promise.at-risk',
        actor: { kind: 'clock' },
        data: {
          milestone: promise.milestone,
          dueAt: promiseDueAt(state, promise),
          open: parts.flatMap((part) => changesOf(state, part)).filter((change) => !hasEnded(change)).length,
        },
      }),
      ...opened.evidence,
    ],
    outbox: [...movedCards(state), ...opened.outbox],
  });
  return true;
}

function titleOf(engine: Engine, state: CaseState, promise: CasePromise, missed: boolean): string {
  const { record } = state;
  const due = `${engine.calendar.longText(promiseDueAt(state, promise), record.zone)} (${record.zone})`;
  const who = record.person.displayName;
  return missed ? `${who} was not closed by ${due}` : `${who} may not be closed by ${due}`;
}

const most = 6;

function sawOf(engine: Engine, state: CaseState, parts: readonly Part[]): string {
  const waiting = parts.filter((part) => partStatus(state, part) === 'awaiting').map((part) => part.title);
  const words = ({ stepId, change }: ChangeRecord) =>
    describeChange(workflowOf(engine, state.record), stepId, change).will;
  const steps = workflowOf(engine, state.record).steps.map(({ step }) => step.id);
  const open = parts
    .flatMap((part) => changesOf(state, part))
    .filter((change) => !hasEnded(change))
    .sort((a, b) => steps.indexOf(a.stepId) - steps.indexOf(b.stepId))
    .map(words);
  const more = open.length > most ? `, and ${open.length - most} more` : '';
  const asked = waiting.length > 0 ? ` Nobody has decided yet: ${waiting.join(', ')}.` : '';
  return `Still open: ${open.slice(0, most).join(', ')}${more}.${asked}`;
}

function recordWrite(state: CaseState, body: CaseRecord) {
  const { caseId } = state.record;
  return { collection: 'case', key: caseId, caseId, expect: state.version, body } as const;
}
