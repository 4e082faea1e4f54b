import { answerDecision, lastShown } from '#bot/answer-decision';
import type { Command } from '#bot/bot-context';
import { takeCaseId } from '#bot/case-argument';
import { notice } from '#bot/notice';
import { viewCase } from '#bot/view-case';

export const rejectCommand: Command = {
  name: 'reject',
  usage: 'reject <id> <reason>',
  summary: 'reject what you were last shown of a case, and say why',
  async run({ bot, sender, rest }) {
    const named = takeCaseId(rest);
    if (!named)
      return [notice('Which case?', ['Type reject, its id and why: reject L-104 the mailbox goes to Priya instead.'])];
    const shownHash = await lastShown(bot, sender, named.caseId);
    if (!shownHash) return [await viewCase(bot, sender, named.caseId)];
    return [
      await answerDecision(bot, sender, {
        caseId: named.caseId,
        userId: sender.userId,
        outcome: 'rejected',
        reason: named.rest,
        shownHash,
      }),
    ];
  },
};
