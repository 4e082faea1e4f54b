import { type CaseState, openExceptions } from '#domain/case-state';
import type { ChangeRecord } from '#domain/change';
import { type DeviationPart, isUnbegun, signaturesOf } from '#domain/deviation-part';
import { type Instant, isAtOrAfter } from '#domain/instant';
import type { CaseRun } from '#engine/case-run';
import { changeEvidence, freshException, movedCards } from '#engine/change-journal';
import { deviationCards } from '#engine/deviation-cards';
import { evidenceEntry } from '#engine/evidence-entry';
import { exceptionCards } from '#engine/exception-cards';
import { changeWrite, exceptionWrite, partWrite, touchCase } from '#engine/keys';
import type { EvidenceEntry, Write } from '#engine/ports/store';

/** Whether there is nothing left to wish for: it was put right, it has begun, the case is over, or the end has come. */
export function isMoot(state: CaseState, { deviation }: DeviationPart, now: Instant): boolean {
  const { record } = state;
  if (isAtOrAfter(now, deviation.until)) return true;
  switch (deviation.kind) {
    case 'waive':
      return !openExceptions(state).some((e) => e.exceptionId === deviation.exceptionId);
    case 'keep':
      return (
        record.milestones.completedAt !== undefined ||
        !state.changes.some((change) => deviation.stepIds?.includes(change.stepId) && isUnbegun(change))
      );
    case 'hold':
      return record.milestones.completedAt !== undefined;
  }
}

/** Puts in force what all have signed. Answers whether it did: a change that is being sent or read comes to its end first. */
export async function grantDeviation(
  run: CaseRun,
  state: CaseState,
  part: DeviationPart,
  now: Instant,
): Promise<boolean> {
  const granted: DeviationPart = { ...part, deviation: { ...part.deviation, grantedAt: now } };
  switch (part.deviation.kind) {
    case 'waive':
      return grantWaiver(run, state, granted, now);
    case 'keep':
      await commitGrant(run, state, granted, touchCase(state));
      return true;
    case 'hold':
      await commitGrant(run, state, granted, heldCase(state, granted));
      return true;
  }
}

function heldCase(state: CaseState, { deviation }: DeviationPart): Write {
  const { record } = state;
  const longest = [record.heldUntil, deviation.until].filter((at) => at !== undefined).sort();
  const heldUntil = longest.at(-1) ?? deviation.until;
  return { ...caseWrite(state), body: { ...record, heldUntil } };
}

function caseWrite(state: CaseState) {
  const { record } = state;
  return { collection: 'case', key: record.caseId, caseId: record.caseId, expect: state.version } as const;
}

async function commitGrant(run: CaseRun, state: CaseState, granted: DeviationPart, caseDocument: Write): Promise<void> {
  await run.commit({
    state: [caseDocument, partWrite(granted)],
    evidence: [await grantedEntry(run, state, granted)],
    outbox: [...(await deviationCards(run.engine, granted)), ...movedCards(state)],
  });
}

/** The exception ends as waived, in the name of whoever signed last; what waited for it goes on as after any end. */
async function grantWaiver(run: CaseRun, state: CaseState, granted: DeviationPart, now: Instant): Promise<boolean> {
  const { engine } = run;
  const { deviation } = granted;
  const exception = openExceptions(state).find((e) => e.exceptionId === deviation.exceptionId);
  const change = state.changes.find((c) => c.exceptionId === deviation.exceptionId);
  if (!exception || (change && change.status !== 'exception')) return false;
  const by = signaturesOf(granted, state.decisions).at(-1)?.decidedBy ?? deviation.askedBy;
  const waived: ChangeRecord[] = change ? [{ ...change, status: 'waived', endedAt: now }] : [];
  const { fresh, expect } = await freshException(run, exception);
  const resolution = { as: 'waived', by, at: now, note: deviation.reason, until: deviation.until } as const;
  const data = { exception: exception.exceptionId, until: deviation.until };
  await run.commit({
    state: [
      touchCase(state),
      partWrite(granted),
      { ...exceptionWrite({ ...fresh, resolution }, false), expect },
      ...waived.map(changeWrite),
    ],
    evidence: [
      await grantedEntry(run, state, granted),
      await evidenceEntry(engine, {
        caseId: granted.caseId,
        type: 'exception.resolved',
        actor: { kind: 'person', userId: by },
        data: { ...data, as: 'waived', part: granted.partId },
      }),
      ...(await Promise.all(waived.map((c) => changeEvidence(engine, c, 'change.waived', data)))),
    ],
    outbox: [
      ...(await deviationCards(engine, granted)),
      ...exceptionCards(engine, granted.caseId, state.exceptions),
      ...movedCards(state),
    ],
  });
  return true;
}

async function grantedEntry(run: CaseRun, state: CaseState, part: DeviationPart): Promise<EvidenceEntry> {
  const { kind, until } = part.deviation;
  const signedBy = signaturesOf(part, state.decisions).map(({ decidedBy }) => decidedBy);
  return evidenceEntry(run.engine, {
    caseId: part.caseId,
    type: 'deviation.granted',
    actor: { kind: 'clock' },
    data: { part: part.partId, partHash: part.partHash, kind, until, signedBy },
  });
}
