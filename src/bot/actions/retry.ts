import { answerException } from '#bot/answer-exception';
import type { Action } from '#bot/bot-context';
import { unknownCase } from '#bot/notice';
import { parseCaseId } from '#domain/ids';

export const retry: Action = {
  verb: 'retry',
  async run({ bot, sender, action }) {
    const caseId = parseCaseId(action.data['caseId'] ?? '');
    if (!caseId) return unknownCase(action.data['caseId'] ?? 'without an id');
    const exceptionId = action.data['exceptionId'];
    return answerException(bot, sender, {
      caseId,
      userId: sender.userId,
      ...(exceptionId ? { exceptionId } : {}),
      how: { kind: 'retry' },
    });
  },
};
