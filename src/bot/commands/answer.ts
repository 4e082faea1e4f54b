import { giveAnswer } from '#bot/answer-question';
import type { Command } from '#bot/bot-context';
import { takeCaseId } from '#bot/case-argument';
import { notice } from '#bot/notice';

export const answerCommand: Command = {
  name: 'answer',
  usage: 'answer <id> [number] <text>',
  summary: 'answer a question of somebody who decides',
  async run({ bot, sender, rest }) {
    const named = takeCaseId(rest);
    if (!named)
      return [
        notice('Which case?', ['Type answer, its id, the number of the question and your answer: answer L-104 2 yes.']),
      ];
    const [, questionId, text = ''] = /^#?(\d{1,2})\s+(.*)$/.exec(named.rest) ?? [];
    return [
      await giveAnswer(bot, sender, {
        caseId: named.caseId,
        ...(questionId ? { questionId: String(Number(questionId)), text, typed: named.rest } : { text: named.rest }),
      }),
    ];
  },
};
