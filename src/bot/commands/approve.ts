import { answerDecision, lastShown } from '#bot/answer-decision';
import type { Command } from '#bot/bot-context';
import { takeCaseId } from '#bot/case-argument';
import { notice } from '#bot/notice';
import { viewCase } from '#bot/view-case';

/** What the button does, for phones on which cards fail. Approves what this person was last shown; shown nothing yet, it shows it. */
export const approveCommand: Command = {
  name: 'approve',
  usage: 'approve <id>',
  summary: 'approve what you were last shown of a case',
  async run({ bot, sender, rest }) {
    const named = takeCaseId(rest);
    if (!named)
      return [
        notice('Which case?', ['Type approve and its id, like approve L-104. approvals lists what waits for you.']),
      ];
    const shownHash = await lastShown(bot, sender, named.caseId);
    if (!shownHash) return [await viewCase(bot, sender, named.caseId)];
    return [
      await answerDecision(bot, sender, {
        caseId: named.caseId,
        userId: sender.userId,
        outcome: 'approved',
        shownHash,
      }),
    ];
  },
};
