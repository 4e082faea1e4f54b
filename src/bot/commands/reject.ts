import { decideByText } from '#bot/answer-decision';
import type { Command } from '#bot/bot-context';
import { takeCaseId } from '#bot/case-argument';
import { notice } from '#bot/notice';

export const rejectCommand: Command = {
  name: 'reject',
  usage: 'reject <id> <reason>',
  summary: 'reject what you were last shown of a case, and say why',
  async run(call) {
    const named = takeCaseId(call.rest);
    if (!named)
      return [notice('Which case?', ['Type reject, its id and why: reject L-104 the mailbox goes to Priya instead.'])];
    return [await decideByText(call, named.caseId, { outcome: 'rejected', reason: named.rest })];
  },
};
