import { answerDecision } from '#bot/answer-decision';
import type { Action } from '#bot/bot-context';
import { unknownCase } from '#bot/notice';
import { parseCaseId } from '#domain/ids';

/** Who clicked comes from the verified activity; the card only says which case and which hashes it showed. */
export const approve: Action = {
  verb: 'approve',
  async run({ bot, sender, action }) {
    const caseId = parseCaseId(action.data['caseId'] ?? '');
    if (!caseId) return unknownCase(action.data['caseId'] ?? 'without an id');
    return answerDecision(bot, sender, {
      caseId,
      userId: sender.userId,
      outcome: 'approved',
      shownHash: action.data['partHash'] ?? '',
    });
  },
};
