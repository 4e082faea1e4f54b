import { answerException } from '#bot/answer-exception';
import type { Command } from '#bot/bot-context';
import { takeCaseId, takeExceptionId } from '#bot/case-argument';
import { notice } from '#bot/notice';

export const doneCommand: Command = {
  name: 'done',
  usage: 'done <id> [number] <what you did>',
  summary: 'say that you did it by hand; it is read back where that is possible',
  async run({ bot, sender, rest }) {
    const named = takeCaseId(rest);
    if (!named)
      return [
        notice('Which case?', [
          'Type done, its id and what you did: done L-104 removed the licence in the admin centre.',
        ]),
      ];
    const { exceptionId, rest: note } = takeExceptionId(named.rest);
    return [
      await answerException(bot, sender, {
        caseId: named.caseId,
        userId: sender.userId,
        ...(exceptionId ? { exceptionId } : {}),
        how: { kind: 'by-hand', note },
      }),
    ];
  },
};
