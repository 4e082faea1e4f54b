import { answerException } from '#bot/answer-exception';
import type { Command } from '#bot/bot-context';
import { takeCaseId, takeExceptionId } from '#bot/case-argument';
import { notice } from '#bot/notice';

export const retryCommand: Command = {
  name: 'retry',
  usage: 'retry <id> [number]',
  summary: 'try again what could not be proved',
  async run({ bot, sender, rest }) {
    const named = takeCaseId(rest);
    if (!named)
      return [
        notice('Which case?', [
          'Type retry and its id, like retry L-104; with several exceptions also the number, like retry L-104 2.',
        ]),
      ];
    const { exceptionId } = takeExceptionId(named.rest);
    return [
      await answerException(bot, sender, {
        caseId: named.caseId,
        userId: sender.userId,
        ...(exceptionId ? { exceptionId } : {}),
        how: { kind: 'retry' },
      }),
    ];
  },
};
