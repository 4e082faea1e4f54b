import type { CaseRecord } from '#domain/case';
import type { Engine } from '#engine/engine';
import { caseMessage } from '#engine/keys';
import type { OutboxMessage } from '#engine/ports/store';
import { handOverDecider } from '#engine/requirements';

/** The card that says what was done and proved: for whoever asked, whoever decided the hand-over, and the leadership of IT. */
export function completedCards({ policy }: Engine, record: CaseRecord): readonly OutboxMessage[] {
  const requester = record.requestedBy.kind === 'person' ? [record.requestedBy.userId] : [];
  const people = new Set([...requester, handOverDecider(record, policy).userId]);
  const audiences = [...[...people].map((userId) => `person/${userId}`), 'role/itLeadership'];
  return audiences.map((audience) => caseMessage(record.caseId, audience, 'completed'));
}
