import { canonicalJson, sha256Hex } from '#domain/canonical';
import type { CaseState } from '#domain/case-state';
import type { ChangeRecord } from '#domain/change';
import type { CaseException } from '#domain/exception';
import { Failure, isFailure } from '#domain/failure';
import { type Instant, isAtOrAfter, msBetween, plusMs } from '#domain/instant';
import type { Verdict } from '#domain/verdict';
import type { CaseRun } from '#engine/case-run';
import {
  changeEvidence,
  exceptChange,
  exceptionOf,
  movedCards,
  type UnprovedCause,
  withException,
} from '#engine/change-journal';
import { exceptionCards } from '#engine/exception-cards';
import { changeWrite, exceptionWrite } from '#engine/keys';
import { stepContext } from '#engine/plan-steps';
import type { Write } from '#engine/ports/store';
import type { Step } from '#engine/step';

type Redo = (run: CaseRun, state: CaseState, change: ChangeRecord, step: Step, number: () => string) => Promise<void>;

/**
 * One read-back. Two agreeing positive reads, verify.gapMs apart, are the proof; a pending or failed read starts the count anew. A
 * read that says "not so" allows a redo only where doing it again does no harm, or after a successful read issued past the settle
 * time. Time out: an exception, never a success.
 */
export async function proveChange(
  run: CaseRun,
  state: CaseState,
  change: ChangeRecord,
  step: Step,
  number: () => string,
  redo: Redo,
): Promise<void> {
  const { engine } = run;
  const ctx = stepContext(engine, change.caseId, state.record.person.userId);
  const issuedAt = ctx.now;
  let verdict: Verdict;
  try {
    verdict = await step.verify(ctx, change.change, change.receipt);
  } catch (error) {
    if (!isFailure(error)) throw error;
    return unreadable(run, state, change, number, error);
  }
  if (verdict.outcome === 'confirmed') return agree(run, state, change, verdict, issuedAt, number);
  return disagree(run, state, change, step, number, redo, verdict, issuedAt);
}

async function agree(
  run: CaseRun,
  state: CaseState,
  change: ChangeRecord,
  verdict: Verdict,
  issuedAt: Instant,
  number: () => string,
): Promise<void> {
  const { engine } = run;
  const { gapMs } = engine.policy.verify;
  const fingerprint = sha256Hex(canonicalJson(verdict.observation.data));
  const before = change.agreeing?.fingerprint === fingerprint ? change.agreeing : undefined;
  if (!before) {
    if (change.agreeing && isOver(change, issuedAt)) return neverTheSame(run, state, change, number, verdict);
    const first: ChangeRecord = {
      ...change,
      agreeing: { count: 1, lastAt: issuedAt, fingerprint },
      nextCheckAt: plusMs(issuedAt, gapMs),
    };
    return run.commit({ state: [changeWrite(first)], evidence: [], outbox: [] });
  }
  if (msBetween(before.lastAt, issuedAt) < gapMs) {
    return run.commit({
      state: [changeWrite({ ...change, nextCheckAt: plusMs(before.lastAt, gapMs) })],
      evidence: [],
      outbox: [],
    });
  }
  const { nextCheckAt: _due, ...kept } = change;
  const proved: ChangeRecord = {
    ...kept,
    status: 'confirmed',
    observation: verdict.observation,
    agreeing: { count: 2, lastAt: issuedAt, fingerprint },
    endedAt: engine.clock.tenantNow(),
  };
  const reads = { firstReadAt: before.lastAt, secondReadAt: issuedAt };
  const open = exceptionOf(state, change);
  if (!open) return end(run, state, proved, reads);
  await withException(run, open, (fresh, expect) => {
    const ended: ChangeRecord = { ...proved, status: fresh.byHand ? 'done-by-hand' : 'confirmed' };
    return end(run, state, ended, reads, { ...exceptionWrite(resolve(fresh, ended), false), expect });
  });
}

async function end(
  run: CaseRun,
  state: CaseState,
  proved: ChangeRecord,
  reads: { readonly firstReadAt: Instant; readonly secondReadAt: Instant },
  resolved?: Write,
): Promise<void> {
  const byHand = proved.status === 'done-by-hand';
  await run.commit({
    state: [changeWrite(proved), ...(resolved ? [resolved] : [])],
    evidence: [
      await changeEvidence(run.engine, proved, 'change.confirmed', { attempt: proved.attempt, ...reads, byHand }),
    ],
    outbox: [...(resolved ? exceptionCards(run.engine, proved.caseId, state.exceptions) : []), ...movedCards(state)],
  });
}

/** The wanted state, told differently by every read: that would go on for ever. */
function neverTheSame(
  run: CaseRun,
  state: CaseState,
  change: ChangeRecord,
  number: () => string,
  { observation }: Verdict,
): Promise<void> {
  return exceptChange(run, state, { ...change, observation }, number, {
    code: 'latchkey.reads-differ',
    saw: `${observation.text}, and no two reads in a row said the same.`,
    advice: 'Look at it in the admin centre. Choose Retry to read it again, or Done by hand once it is so.',
  });
}

function isOver(change: ChangeRecord, now: Instant): boolean {
  return change.verifyBy !== undefined && isAtOrAfter(now, change.verifyBy);
}

function resolve(open: CaseException, proved: ChangeRecord): CaseException {
  const by = open.byHand?.by ?? open.retry?.by ?? 'clock';
  const note = open.byHand?.note ?? proved.observation?.text ?? '';
  return {
    ...open,
    resolution: { as: open.byHand ? 'done-by-hand' : 'confirmed', by, at: proved.endedAt ?? open.openedAt, note },
  };
}

async function disagree(
  run: CaseRun,
  state: CaseState,
  change: ChangeRecord,
  step: Step,
  number: () => string,
  redo: Redo,
  verdict: Verdict,
  issuedAt: Instant,
): Promise<void> {
  const open = exceptionOf(state, change);
  const seen: ChangeRecord = { ...change, observation: verdict.observation };
  if (isOver(change, issuedAt)) {
    return exceptChange(run, state, seen, number, notVisible(seen, verdict, open));
  }
  const next = open?.byHand ? 'look-again' : afterNegativeRead(run, change, step, verdict, issuedAt, open);
  if (next === 'redo') return redo(run, state, seen, step, number);
  if (next === 'ask') {
    const advice = 'Doing this twice would do harm: look whether it happened, then choose Retry or Done by hand.';
    return exceptChange(run, state, seen, number, {
      code: 'latchkey.outcome-unknown',
      saw: verdict.observation.text,
      advice,
    });
  }
  const wait = pollAfter(run, change, issuedAt);
  const { agreeing: _reset, ...kept } = seen;
  const later: ChangeRecord = { ...kept, nextCheckAt: plusMs(run.engine.clock.tenantNow(), wait) };
  await run.commit({ state: [changeWrite(later)], evidence: [], outbox: [] });
}

/** What a successful negative read allows: it is doubtful whether the send took only after a lost answer, or when the tenant says otherwise past the settle time. */
function afterNegativeRead(
  run: CaseRun,
  change: ChangeRecord,
  step: Step,
  verdict: Verdict,
  issuedAt: Instant,
  open: CaseException | undefined,
): 'redo' | 'ask' | 'look-again' {
  const { policy } = run.engine;
  const settled = change.appliedAt === undefined || msBetween(change.appliedAt, issuedAt) >= policy.verify.settleMs;
  const doubtful = change.outcome === 'unknown' || (verdict.outcome === 'contradicted' && settled);
  if (!doubtful) return 'look-again';
  if (step.effect === 'once') {
    if (!settled) return 'look-again';
    // Never by itself: once, when somebody looked and chose Retry.
    return open?.retry?.taken && change.attempt === 0 ? 'redo' : 'ask';
  }
  const harmless = step.effect === 'set' || settled;
  return harmless && change.attempt < policy.run.maxAttempts ? 'redo' : 'look-again';
}

function notVisible(change: ChangeRecord, verdict: Verdict, open: CaseException | undefined): UnprovedCause {
  const tries = `${change.attempt} ${change.attempt === 1 ? 'try' : 'tries'} and repeated reads later`;
  const saw = open?.byHand
    ? `It was reported as done by hand, but the tenant still shows: ${verdict.observation.text}.`
    : `${verdict.observation.text}, ${tries}.`;
  const advice = 'Look at it in the admin centre. Choose Retry to do and read it again, or Done by hand once it is so.';
  return { code: 'latchkey.not-visible', saw, advice };
}

async function unreadable(
  run: CaseRun,
  state: CaseState,
  change: ChangeRecord,
  number: () => string,
  failure: Failure,
): Promise<void> {
  const now = run.engine.clock.tenantNow();
  const hopeless = failure.detail.kind === 'not-permitted' || isOver(change, now);
  if (hopeless) {
    const cause = new Failure(`It was sent, and reading it back failed: ${failure.message}`, failure.detail, {
      cause: failure,
    });
    return exceptChange(run, state, change, number, {
      code: failure.detail.code,
      saw: cause.message,
      advice: 'Nothing says whether it took. Put the cause right and choose Retry: it is read again first.',
    });
  }
  const { agreeing: _reset, ...kept } = change;
  const wait = Math.max(failure.detail.retryAfterMs ?? 0, pollAfter(run, change, now));
  const next: ChangeRecord = { ...kept, nextCheckAt: plusMs(now, wait) };
  await run.commit({
    state: [changeWrite(next)],
    evidence: [await changeEvidence(run.engine, next, 'change.unreadable', { code: failure.detail.code })],
    outbox: [],
  });
}

/** The longer it has been, the rarer the look: from firstPollMs doubling to maxPollMs. */
function pollAfter(run: CaseRun, change: ChangeRecord, now: Instant): number {
  const { firstPollMs, maxPollMs, gapMs } = run.engine.policy.verify;
  const since = change.appliedAt === undefined ? 0 : msBetween(change.appliedAt, now);
  return Math.min(maxPollMs, Math.max(firstPollMs, gapMs, since / 2));
}
