import { allThatCameBack } from '#domain/came-back';
import { sha256Hex } from '#domain/canonical';
import type { CaseRecord } from '#domain/case';
import { type CaseState, openExceptions } from '#domain/case-state';
import { type ChangeRecord, hasEnded } from '#domain/change';
import type { CaseException } from '#domain/exception';
import { type Instant, msBetween, plusMs } from '#domain/instant';
import type { Watch } from '#domain/watch';
import type { CaseRun } from '#engine/case-run';
import { movedCards } from '#engine/change-journal';
import { completedCards } from '#engine/completed-cards';
import type { Duty } from '#engine/duty';
import { evidenceEntry } from '#engine/evidence-entry';
import { exceptionCards } from '#engine/exception-cards';
import { changeWrite, exceptionWrite, partWrite, touchCase } from '#engine/keys';
import { openExceptions as exceptionCommit } from '#engine/open-exception';
import { failingOf, failsAgainAfter } from '#engine/watch-failing';
import { type Findings, findingsOf } from '#engine/watch-findings';
import { type Looked, lookAgain, type Vanished } from '#engine/watch-look';
import { resolvedByLook as resolved, resolvedEntries } from '#engine/watch-resolved';
import { type DueLook, dueLook, nextLook, watchOf } from '#engine/watch-schedule';

/** How long what vanished may take to be read a second time. */
const proveWithinMs = 600_000;
/** A look this much after its time was late: somebody was not there. */
const lateMs = 300_000;

/** Closed cases are looked at again: what came back is found, told, and closed again when a person says so. */
export const watch: Duty = {
  async act(run, state, now) {
    const standing = watchOf(run.engine, state.record);
    if (!standing) return false;
    const due = dueLook(run.engine, state, standing, now);
    if (due) {
      await takeLook(run, state, standing, due);
      return true;
    }
    return keepCardTrue(run, state, standing);
  },
  dueAt: (engine, { record }) => nextLook(engine, record),
};

async function takeLook(run: CaseRun, state: CaseState, standing: Watch, due: DueLook): Promise<void> {
  const { engine } = run;
  const { record } = state;
  const looked = await lookAgain(run, state);
  const findings = await findingsOf(run, state, looked);
  const opened = await exceptionCommit(engine, record, findings.exceptions);
  const ended = endedByLook(engine.policy.verify.gapMs, state, looked);
  const failing = await failingOf(run, state, standing, looked);
  const next = watchAfter(standing, due, looked, findings, state, failing.times);
  const after: CaseState = { ...state, exceptions: withAll(state, [...findings.exceptions, ...ended.exceptions]) };
  const moved = findings.exceptions.length + ended.exceptions.length > 0 || failing.moved;
  await run.commit({
    state: [
      caseWrite(state, { ...record, watch: { ...next, told: toldOf(after) } }),
      ...findings.parts.map(partWrite),
      ...[...findings.rows, ...ended.rows].map(changeWrite),
      ...opened.state,
      ...ended.exceptions.map((exception) => exceptionWrite(exception, false)),
      ...failing.state,
    ],
    evidence: [
      await lookedEntry(run, record, standing, due, looked, findings),
      ...findings.evidence,
      ...opened.evidence,
      ...(await resolvedEntries(run.engine, ended.exceptions)),
      ...failing.evidence,
    ],
    outbox: moved
      ? [
          ...opened.outbox,
          ...failing.outbox,
          ...exceptionCards(engine, record.caseId, after.exceptions),
          ...movedCards(state),
          ...completedCards(engine, record),
        ]
      : [],
  });
}

function caseWrite(state: CaseState, body: CaseRecord) {
  return { ...touchCase(state), body } as ReturnType<typeof touchCase>;
}

function withAll(state: CaseState, changed: readonly CaseException[]): readonly CaseException[] {
  const ids = changed.map(({ exceptionId }) => exceptionId);
  return [...state.exceptions.filter(({ exceptionId }) => !ids.includes(exceptionId)), ...changed];
}

function watchAfter(
  standing: Watch,
  due: DueLook,
  looked: Looked,
  findings: Findings,
  state: CaseState,
  failedTimes: number,
): Watch {
  const { asked, accepted } = standing;
  const { signIn } = looked;
  const clean = failedTimes === 0 && findings.exceptions.length === 0 && openExceptions(state).length === 0;
  const settled = clean ? (asked ?? accepted) : undefined;
  const signedInAt = signIn.kind === 'since' ? signIn.at : standing.signedInAt;
  return {
    ...due.after,
    ...(failedTimes > 0
      ? { failed: { times: failedTimes, againAt: plusMs(looked.at, failsAgainAfter(failedTimes)) } }
      : {}),
    ...(settled === undefined ? {} : { accepted: settled }),
    // What could not be read counts as not looked at: nothing is said to have been gone.
    standing: failedTimes > 0 ? [...new Set([...(standing.standing ?? []), ...looked.standing])] : looked.standing,
    ...(signedInAt === undefined ? {} : { signedInAt }),
    ...(standing.signInsHidden || signIn.kind === 'hidden' ? { signInsHidden: true } : {}),
  };
}

/** What is not found any more: a deleted account ends it at once, anything else is read once more before it counts. */
function endedByLook(gapMs: number, state: CaseState, looked: Looked) {
  if (looked.gone) return endedByDeletion(state, looked.at);
  const rows = looked.vanished.flatMap((one) => (one.row ? [proving(one.row, one, looked.at, gapMs)] : []));
  const exceptions = looked.vanished
    .filter(({ row }) => !row)
    .map(({ exception }) => resolved(exception, looked.at, 'The tenant does not show it any more'));
  return { rows, exceptions };
}

/** The look was one read that agrees; the second one, a gap later, proves it. */
function proving(row: ChangeRecord, { observation }: Vanished, at: Instant, gapMs: number): ChangeRecord {
  return {
    ...row,
    status: 'verifying',
    outcome: 'accepted',
    appliedAt: at,
    nextCheckAt: plusMs(at, gapMs),
    verifyBy: plusMs(at, proveWithinMs),
    ...(observation ? { observation } : {}),
  };
}

function endedByDeletion(state: CaseState, at: Instant) {
  const open = allThatCameBack(state).filter((e) => !e.resolution);
  const ids = open.map(({ exceptionId }) => exceptionId);
  const rows = state.changes
    .filter((row) => row.exceptionId !== undefined && ids.includes(row.exceptionId) && !hasEnded(row))
    .filter((row) => row.status === 'exception')
    .map((row): ChangeRecord => ({ ...row, status: 'not-needed', observation: deleted, endedAt: at }));
  return { rows, exceptions: open.map((e) => resolved(e, at, deleted.text)) };
}

const deleted = { text: 'The account is deleted', data: { account: null } } as const;

async function lookedEntry(
  run: CaseRun,
  record: CaseRecord,
  standing: Watch,
  due: DueLook,
  looked: Looked,
  findings: Findings,
) {
  const late = msBetween(due.dueAt, looked.at);
  return evidenceEntry(run.engine, {
    caseId: record.caseId,
    type: 'watch.looked',
    actor: { kind: 'clock' },
    data: {
      look: due.number ?? null,
      dueAt: due.dueAt,
      ...(late > lateMs ? { lateMs: late } : {}),
      skipped: due.skipped,
      found: findings.exceptions.length,
      vanished: looked.vanished.length,
      notRead: looked.unread.length,
      ...(standing.asked === undefined ? {} : { askedBySweep: true }),
      ...(looked.gone ? { gone: true } : {}),
      ...(looked.signIn.kind === 'hidden' && !standing.signInsHidden ? { signIns: 'may not be read' } : {}),
    },
  });
}

/** What the completion card tells of findings; it is rendered anew when that changed, whoever changed it. */
function toldOf(state: CaseState): string {
  const told = allThatCameBack(state).map(
    ({ exceptionId, title, resolution }) =>
      `${exceptionId} ${title} ${resolution?.as ?? 'open'} ${resolution?.at ?? ''}`,
  );
  return told.length === 0 ? '' : sha256Hex(told.sort().join('\n'));
}

async function keepCardTrue(run: CaseRun, state: CaseState, standing: Watch): Promise<boolean> {
  const told = toldOf(state);
  if ((standing.told ?? '') === told) return false;
  await run.commit({
    state: [caseWrite(state, { ...state.record, watch: { ...standing, told } })],
    evidence: [],
    outbox: completedCards(run.engine, state.record),
  });
  return true;
}
