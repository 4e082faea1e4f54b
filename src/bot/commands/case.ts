import type { Command } from '#bot/bot-context';
import { takeCaseId } from '#bot/case-argument';
import { notice } from '#bot/notice';
import { viewCase, viewWishes } from '#bot/view-case';

export const caseCommand: Command = {
  name: 'case',
  usage: 'case <id>',
  summary: 'where one case stands',
  async run({ bot, sender, rest }) {
    const named = takeCaseId(rest);
    if (!named) return [notice('Which case?', ['Type case and its id, like case L-104. cases lists them.'])];
    return [await viewCase(bot, sender, named.caseId), ...(await viewWishes(bot, sender, named.caseId))];
  },
};
