import { answerException } from '#bot/answer-exception';
import type { Action } from '#bot/bot-context';
import { unknownCase } from '#bot/notice';
import { parseCaseId } from '#domain/ids';

export const doneByHand: Action = {
  verb: 'done-by-hand',
  async run({ bot, sender, action }) {
    const caseId = parseCaseId(action.data['caseId'] ?? '');
    if (!caseId) return unknownCase(action.data['caseId'] ?? 'without an id');
    const exceptionId = action.data['exceptionId'];
    const note = action.inputs['note'] ?? '';
    return answerException(bot, sender, {
      caseId,
      userId: sender.userId,
      ...(exceptionId ? { exceptionId } : {}),
      how: { kind: 'by-hand', note },
    });
  },
};
