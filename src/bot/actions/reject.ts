import { answerDecision } from '#bot/answer-decision';
import type { Action } from '#bot/bot-context';
import { unknownCase } from '#bot/notice';
import { parseCaseId } from '#domain/ids';

export const reject: Action = {
  verb: 'reject',
  async run({ bot, sender, action }) {
    const caseId = parseCaseId(action.data['caseId'] ?? '');
    if (!caseId) return unknownCase(action.data['caseId'] ?? 'without an id');
    const reason = action.inputs['reason'] ?? '';
    return answerDecision(bot, sender, {
      caseId,
      userId: sender.userId,
      outcome: 'rejected',
      reason,
      shownHash: action.data['partHash'] ?? '',
    });
  },
};
