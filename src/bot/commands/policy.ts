import { showPolicy } from '#bot/answer-policy';
import type { Command } from '#bot/bot-context';
import { notice } from '#bot/notice';

export const policyCommand: Command = {
  name: 'policy',
  usage: 'policy',
  summary: 'which rules are in force, since when, and what waits to be signed',
  async run({ bot, sender }) {
    // Rules name people, groups and accounts that are protected: for those who take part.
    if (sender.roles.length === 0)
      return [notice('The rules are not shown to you', ['HR, IT, approvers and auditors can see them.'], 'attention')];
    return [await showPolicy(bot, sender)];
  },
};
