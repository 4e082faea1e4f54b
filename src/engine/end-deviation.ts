import type { CaseState } from '#domain/case-state';
import type { ChangeRecord } from '#domain/change';
import { type DeviationPart, deviationsOf, signaturesOf } from '#domain/deviation-part';
import type { CaseException } from '#domain/exception';
import { isFailure } from '#domain/failure';
import type { UserId } from '#domain/ids';
import type { Instant } from '#domain/instant';
import type { Decision } from '#domain/part';
import { openRequirements } from '#domain/part-status';
import type { CaseRun } from '#engine/case-run';
import { movedCards } from '#engine/change-journal';
import { decisionEntries } from '#engine/decision-evidence';
import { deviationCards } from '#engine/deviation-cards';
import { readPerson } from '#engine/directory';
import type { Engine } from '#engine/engine';
import { evidenceEntry } from '#engine/evidence-entry';
import { changeWrite, decisionWrite, partWrite, touchCase } from '#engine/keys';
import { newException, openExceptions } from '#engine/open-exception';
import type { EvidenceEntry, Write } from '#engine/ports/store';
import { siteOf } from '#engine/site-of';

/** Carries out the end that was signed with it. */
export async function endDeviation(run: CaseRun, state: CaseState, part: DeviationPart, now: Instant): Promise<void> {
  const ended: DeviationPart = { ...part, deviation: { ...part.deviation, endedAt: now } };
  switch (part.deviation.kind) {
    case 'waive':
      return endWaiver(run, state, ended);
    case 'keep':
      return commitEnd(run, state, ended, touchCase(state));
    case 'hold':
      return commitEnd(run, state, ended, unheldCase(state, ended));
  }
}

async function commitEnd(run: CaseRun, state: CaseState, ended: DeviationPart, caseDocument: Write): Promise<void> {
  await run.commit({
    state: [caseDocument, partWrite(ended)],
    evidence: [await endedEntry(run, ended, 'deviation.ended')],
    outbox: [...(await deviationCards(run.engine, ended)), ...movedCards(state)],
  });
}

/** Another hold may still stand. */
function unheldCase(state: CaseState, ended: DeviationPart): Write {
  const { heldUntil: _over, ...record } = state.record;
  const others = deviationsOf(state)
    .filter(({ partId, deviation }) => partId !== ended.partId && deviation.kind === 'hold')
    .filter(({ deviation }) => deviation.grantedAt !== undefined && deviation.endedAt === undefined)
    .map(({ deviation }) => deviation.until)
    .sort();
  const heldUntil = others.at(-1);
  return {
    collection: 'case',
    key: record.caseId,
    caseId: record.caseId,
    expect: state.version,
    body: { ...record, ...(heldUntil ? { heldUntil } : {}) },
  };
}

/** What was accepted for a while is an exception again: a new one, which says what was accepted, by whom and why. */
async function endWaiver(run: CaseRun, state: CaseState, ended: DeviationPart): Promise<void> {
  const { engine } = run;
  const { record } = state;
  const before = state.exceptions.find((e) => e.exceptionId === ended.deviation.exceptionId);
  if (!before) throw new Error(`exception ${ended.deviation.exceptionId} of ${ended.caseId} is gone`);
  const change = state.changes.find((c) => c.exceptionId === before.exceptionId && c.status === 'waived');
  const exception = newException(engine, record, run.exceptionNumbers(state)(), {
    ...(before.changeKey ? { changeKey: before.changeKey } : {}),
    ...(before.stepId ? { stepId: before.stepId } : {}),
    ...(before.technical ? { technical: before.technical } : {}),
    code: 'latchkey.waiver-ended',
    title: before.title,
    saw: await acceptedWords(engine, state, ended, before),
    advice:
      'Choose Retry: it is read, and done if it is still wanted. Where it has to stay so for longer, ask for another waiver.',
    severity: before.severity,
  });
  const reopened = change ? [excepted(change, exception.exceptionId)] : [];
  const opened = await openExceptions(engine, record, [exception]);
  await run.commit({
    state: [touchCase(state), partWrite(ended), ...reopened.map(changeWrite), ...opened.state],
    evidence: [await endedEntry(run, ended, 'deviation.ended', exception), ...opened.evidence],
    outbox: [...(await deviationCards(engine, ended)), ...opened.outbox, ...movedCards(state)],
  });
}

function excepted({ endedAt: _end, ...change }: ChangeRecord, exceptionId: string): ChangeRecord {
  return { ...change, status: 'exception', exceptionId };
}

async function acceptedWords(
  engine: Engine,
  state: CaseState,
  { deviation, ...part }: DeviationPart,
  before: CaseException,
): Promise<string> {
  const { calendar, policy } = engine;
  const site = siteOf(policy, state.record.person);
  const signers = signaturesOf({ ...part, deviation }, state.decisions).map(({ decidedBy }) => decidedBy);
  const names = await Promise.all(signers.map((userId) => nameOf(engine, userId)));
  const until = `${calendar.longText(deviation.until, state.record.zone)} (${site.name})`;
  return `It was accepted as it is until ${until}, signed by ${names.join(' and ')}: ${deviation.reason}. Seen before that: ${before.saw}`;
}

async function nameOf(engine: Engine, userId: UserId): Promise<string> {
  try {
    return (await readPerson(engine.graph, userId))?.displayName ?? 'somebody who has left since';
  } catch (error) {
    if (!isFailure(error)) throw error;
    engine.report(`reading the name of ${userId}`, error);
    return 'a colleague';
  }
}

/** There is nothing left to wish for: whoever still has it before them is asked no longer. */
export async function withdrawDeviation(
  run: CaseRun,
  state: CaseState,
  part: DeviationPart,
  now: Instant,
): Promise<void> {
  const moot: DeviationPart = { ...part, deviation: { ...part.deviation, endedAt: now } };
  const decisions: readonly Decision[] = openRequirements(part, state.decisions).map((requirement) => ({
    tenantId: part.tenantId,
    caseId: part.caseId,
    partId: part.partId,
    partHash: part.partHash,
    requirementId: requirement.requirementId,
    round: requirement.round,
    decidedBy: 'clock',
    outcome: 'rejected',
    right: 'nothing is left to wish for',
    decidedAt: now,
  }));
  await run.commit({
    state: [touchCase(state), partWrite(moot), ...decisions.map(decisionWrite)],
    evidence: [...(await decisionEntries(run.engine, decisions)), await endedEntry(run, moot, 'deviation.moot')],
    outbox: [...(await deviationCards(run.engine, moot)), ...movedCards(state)],
  });
}

async function endedEntry(
  run: CaseRun,
  { caseId, partId, partHash, deviation }: DeviationPart,
  type: string,
  opened?: CaseException,
): Promise<EvidenceEntry> {
  return evidenceEntry(run.engine, {
    caseId,
    type,
    actor: { kind: 'clock' },
    data: {
      part: partId,
      partHash,
      kind: deviation.kind,
      until: deviation.until,
      ...(opened ? { exception: opened.exceptionId } : {}),
    },
  });
}
