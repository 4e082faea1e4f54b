import type { Command } from '#bot/bot-context';
import { confirmAct, latestAct } from '#bot/confirm-act';
import { notice } from '#bot/notice';

/** What the button does, for phones on which cards fail: it confirms what this person was shown last, and nothing else. */
export const confirmCommand: Command = {
  name: 'confirm',
  usage: 'confirm',
  summary: 'go ahead with what you were asked last',
  async run({ bot, sender }) {
    const act = await latestAct(bot, sender);
    if (!act) return [notice('There is nothing to confirm', ['Commands that change something ask first.'])];
    return [await confirmAct(bot, sender, act.actId)];
  },
};
