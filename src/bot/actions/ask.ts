import { putQuestion } from '#bot/answer-question';
import type { Action } from '#bot/bot-context';
import { unknownCase } from '#bot/notice';
import { parseCaseId } from '#domain/ids';

export const ask: Action = {
  verb: 'ask',
  async run({ bot, sender, action }) {
    const caseId = parseCaseId(action.data['caseId'] ?? '');
    if (!caseId) return unknownCase(action.data['caseId'] ?? 'without an id');
    return putQuestion(bot, sender, caseId, action.inputs['question'] ?? '');
  },
};
