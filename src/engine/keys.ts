import type { CaseRecord } from '#domain/case';
import type { CaseState } from '#domain/case-state';
import type { ChangeRecord } from '#domain/change';
import type { CaseException } from '#domain/exception';
import type { CaseId } from '#domain/ids';
import type { Decision, Part } from '#domain/part';
import type { Question } from '#domain/question';
import type { OutboxMessage, Write } from '#engine/ports/store';

/** How documents are keyed; the same everywhere, since a key is what makes a second write of the same thing harmless. */
/**
 * Rewrites the case document as it was read. Whatever decides on the whole case (a click, the end of a run, completion) includes
 * it: of two that read the same state only one is written, the other looks again.
 */
export function touchCase(state: CaseState): Write {
  const { record } = state;
  return { collection: 'case', key: record.caseId, caseId: record.caseId, expect: state.version, body: record };
}

/** One open case per subject and kind; what follows a case stands beside it. */
export function openCaseKey(record: Pick<CaseRecord, 'kind' | 'person' | 'caseId' | 'follows'>): string {
  const key = `${record.kind}/${record.person.userId}`;
  return record.follows === undefined ? key : `${key}/${record.caseId}`;
}

export function partWrite(part: Part): Write {
  return { collection: 'part', key: `${part.caseId}/${part.revision}/${part.partId}`, caseId: part.caseId, body: part };
}

export function changeWrite(record: ChangeRecord): Write {
  return {
    collection: 'change',
    key: `${record.caseId}/${record.revision}/${record.change.key}`,
    caseId: record.caseId,
    body: record,
  };
}

export function exceptionWrite(exception: CaseException, isNew: boolean): Write {
  const write = {
    collection: 'exception',
    key: `${exception.caseId}/${exception.exceptionId}`,
    caseId: exception.caseId,
    body: exception,
  } as const;
  return isNew ? { ...write, expect: 0 } : write;
}

export function questionWrite(question: Question, isNew: boolean): Write {
  const { caseId, questionId } = question;
  const write = { collection: 'question', key: `${caseId}/${questionId}`, caseId, body: question } as const;
  return isNew ? { ...write, expect: 0 } : write;
}

export function decisionWrite(decision: Decision): Write {
  const key = [decision.caseId, decision.partHash, decision.requirementId, decision.round, decision.decidedBy].join(
    '/',
  );
  return { collection: 'decision', key, caseId: decision.caseId, expect: 0, body: decision };
}

/** `deviation:<partId>`: a deviation that somebody has to sign. `reminder:<requirementId>:<n>`, `question:<questionId>`, `answer:<questionId>`: a short text, sent once. */
export type MessageSlot =
  | 'case'
  | 'decision'
  | 'exception'
  | 'completed'
  | `deviation:${string}`
  | `reminder:${string}`
  | `again:${string}`
  | `question:${string}`
  | `answer:${string}`;

/** `audience`: `person/<userId>`, or `role/<role>`, which the sender resolves to a channel or to people at the moment of sending. */
export function caseMessage(caseId: CaseId, audience: string, slot: MessageSlot): OutboxMessage {
  return { key: `${audience}|${slot}|${caseId}`, audience, kind: slot, caseId };
}

/** What concerns the firm and no single case. `id` tells which: the day of a list, the hash of a policy. */
export type HouseSlot = 'morning' | 'outage' | 'newcomer' | 'policy' | 'digest' | 'sweep';

/** As `caseMessage`; one message per audience, slot and id, edited in place when it is sent again. */
export function houseMessage(audience: string, slot: HouseSlot, id: string): OutboxMessage {
  return { key: `${audience}|${slot}|house/${id}`, audience, kind: slot, payload: { id } };
}
