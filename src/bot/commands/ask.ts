import { putQuestion } from '#bot/answer-question';
import type { Command } from '#bot/bot-context';
import { takeCaseId } from '#bot/case-argument';
import { notice } from '#bot/notice';

export const askCommand: Command = {
  name: 'ask',
  usage: 'ask <id> <question>',
  summary: 'ask whoever wants it, before you decide',
  async run({ bot, sender, rest }) {
    const named = takeCaseId(rest);
    if (!named)
      return [
        notice('Which case?', ['Type ask, its id and the question: ask L-104 does Priya know about the mailbox?']),
      ];
    return [await putQuestion(bot, sender, named.caseId, named.rest)];
  },
};
