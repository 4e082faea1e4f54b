import type { CaseRecord } from '#domain/case';
import type { CaseState } from '#domain/case-state';
import type { CaseException } from '#domain/exception';
import { type Failure, isFailure } from '#domain/failure';
import type { StepId } from '#domain/ids';
import type { Engine } from '#engine/engine';
import { evidenceEntry, theSubject } from '#engine/evidence-entry';
import { exceptionCards } from '#engine/exception-cards';
import { exceptionDueAt, withTurn } from '#engine/exception-owner';
import { caseMessage, exceptionWrite } from '#engine/keys';
import type { Commit, EvidenceEntry } from '#engine/ports/store';

export interface ExceptionCause {
  readonly changeKey?: string;
  readonly stepId?: StepId;
  readonly code: string;
  readonly title: string;
  readonly saw: string;
  readonly advice: string;
  readonly severity?: 'high' | 'normal';
  readonly technical?: string;
}

/** Numbers for the exceptions of one pass over a case: given out in order, never twice. */
export function exceptionNumbers(state: CaseState): () => string {
  let last = Math.max(0, ...state.exceptions.map((e) => Number(e.exceptionId)));
  return () => {
    last += 1;
    return String(last);
  };
}

export function newException(
  engine: Engine,
  record: CaseRecord,
  exceptionId: string,
  cause: ExceptionCause,
): CaseException {
  const now = engine.clock.tenantNow();
  const severity = cause.severity ?? 'normal';
  return {
    tenantId: engine.tenantId,
    caseId: record.caseId,
    exceptionId,
    ...cause,
    severity,
    owner: { kind: 'role', role: engine.policy.exceptions.ownerRole },
    openedAt: now,
    dueAt: exceptionDueAt(engine, severity, now),
  };
}

async function exceptionOpened(engine: Engine, record: CaseRecord, exception: CaseException): Promise<EvidenceEntry> {
  return evidenceEntry(engine, {
    caseId: record.caseId,
    type: 'exception.opened',
    actor: { kind: 'clock' },
    data: {
      exception: exception.exceptionId,
      code: exception.code,
      change: exception.stepId ?? null,
      owner: exception.owner.kind === 'role' ? exception.owner.role : exception.owner.userId,
      dueAt: exception.dueAt,
    },
    personal: {
      of: theSubject,
      fields: {
        title: exception.title,
        saw: exception.saw,
        technical: exception.technical ?? null,
        changeKey: exception.changeKey ?? null,
      },
    },
  });
}

/** Everything that opening exceptions writes: the documents, each with whose turn it is, their evidence, the card for whoever works them. */
export async function openExceptions(
  engine: Engine,
  record: CaseRecord,
  found: readonly CaseException[],
): Promise<Pick<Commit, 'state' | 'evidence' | 'outbox'>> {
  if (found.length === 0) return { state: [], evidence: [], outbox: [] };
  const opened = await Promise.all(found.map((exception) => withTurn(engine, record, exception)));
  return {
    state: opened.map((exception) => exceptionWrite(exception, true)),
    ...(await toldExceptions(engine, record, opened)),
  };
}

/** The evidence of exceptions as they stand, and the cards that show them. */
export async function toldExceptions(
  engine: Engine,
  record: CaseRecord,
  exceptions: readonly CaseException[],
): Promise<Pick<Commit, 'evidence' | 'outbox'>> {
  return {
    evidence: await Promise.all(exceptions.map((exception) => exceptionOpened(engine, record, exception))),
    outbox: [...exceptionCards(engine, record.caseId, exceptions), ...caseCards(record)],
  };
}

/** The cards in which people follow a case: they are rendered anew from its state whenever it moved. */
export function caseCards(record: CaseRecord) {
  return record.requestedBy.kind === 'person'
    ? [caseMessage(record.caseId, `person/${record.requestedBy.userId}`, 'case')]
    : [];
}

export function technicalOf(error: Failure): string {
  const { code, status, requestId, clientRequestId, missing } = error.detail;
  const parts = [
    code,
    status && `HTTP ${status}`,
    missing && `missing ${missing}`,
    requestId && `request ${requestId}`,
    clientRequestId && `client request ${clientRequestId}`,
  ];
  return parts.filter(Boolean).join(' · ');
}

/** What a failed call means to the person who has to put it right. */
export function adviceFor(error: unknown): string {
  if (!isFailure(error))
    return 'Look at the technical detail, put it right in the admin centre, then choose Retry or Done by hand.';
  switch (error.detail.kind) {
    case 'not-permitted':
      return error.detail.missing
        ? `Grant Latchkey ${error.detail.missing} (latchkey doctor shows how), then choose Retry. Or do it in the admin centre and choose Done by hand.`
        : 'Latchkey may not do this to this account. Check its permissions and directory role with latchkey doctor, then choose Retry, or do it in the admin centre and choose Done by hand.';
    case 'throttled':
      return 'Microsoft 365 is turning requests away for now. Choose Retry later.';
    case 'unknown-outcome':
    case 'broken':
      return 'Microsoft 365 did not answer properly. Check its service health, then choose Retry.';
    default:
      return 'Put right what Microsoft 365 says, then choose Retry; or do it in the admin centre and choose Done by hand.';
  }
}
