import { caseTime } from '#bot/case-time';
import { notice, unknownCase } from '#bot/notice';
import type { CaseState } from '#domain/case-state';
import type { AmendRefusal } from '#engine/amend-refusal';
import type { Engine } from '#engine/engine';
import type { Reply } from '#engine/ports/chat';

/** Why a case is not changed, what has happened, and what can be done instead. */
export function refusalNotice(engine: Engine, state: CaseState, refusal: AmendRefusal): Reply {
  const { record } = state;
  const { caseId } = record;
  const time = caseTime(engine, record);
  const undo = `What was done stays done: giving access back is an undo. Ask IT, and name case ${caseId}.`;
  switch (refusal.kind) {
    case 'unknown':
      return unknownCase(caseId);
    case 'not-yours':
      return notice(
        `Only HR can change this of case ${caseId}`,
        [`Nothing was changed. Please ask ${engine.policy.people.hr.name}.`],
        'attention',
      );
    case 'own-benefit':
      return notice(
        'Nobody opens a mailbox for themselves',
        [`Nothing was changed. Ask ${engine.policy.people.hr.name} to choose you; then you decide on it.`],
        'attention',
      );
    case 'cancelled':
      return notice(
        `Case ${caseId} was cancelled`,
        ['Nothing was changed. If the person leaves after all, type leaver and their name.'],
        'attention',
      );
    case 'completed':
      return notice(
        `Case ${caseId} is completed`,
        [`It was completed ${time.long(refusal.at)}. Nothing was changed.`, undo],
        'attention',
      );
    case 'begun': {
      const access = refusal.closedAt
        ? `Access was closed ${time.long(refusal.closedAt)}.`
        : `It began ${time.long(refusal.at)}.`;
      return notice(`Case ${caseId} has begun`, [`${access} Nothing was changed.`, undo], 'attention');
    }
  }
}
