import { proposeCancel } from '#bot/amend/cancel';
import type { Command } from '#bot/bot-context';
import { takeCaseId } from '#bot/case-argument';
import { notice } from '#bot/notice';

export const cancelCommand: Command = {
  name: 'cancel',
  usage: 'cancel <id> <reason>',
  summary: 'call a leaving off, before it has begun',
  async run({ bot, sender, rest }) {
    const named = takeCaseId(rest);
    if (!named) return [notice('Which case?', ['Type cancel, its id and why: cancel L-104 Alex stays with us.'])];
    return [await proposeCancel(bot, sender, named.caseId, named.rest)];
  },
};
