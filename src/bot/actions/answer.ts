import { giveAnswer } from '#bot/answer-question';
import type { Action } from '#bot/bot-context';
import { unknownCase } from '#bot/notice';
import { parseCaseId } from '#domain/ids';

export const answer: Action = {
  verb: 'answer',
  async run({ bot, sender, action }) {
    const caseId = parseCaseId(action.data['caseId'] ?? '');
    const { questionId } = action.data;
    if (!caseId || !questionId) return unknownCase(action.data['caseId'] ?? 'without an id');
    return giveAnswer(bot, sender, { caseId, questionId, text: action.inputs[`answer-${questionId}`] ?? '' });
  },
};
