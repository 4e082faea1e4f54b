import { proposeReschedule } from '#bot/amend/reschedule';
import type { Command } from '#bot/bot-context';
import { takeCaseId } from '#bot/case-argument';
import { notice } from '#bot/notice';

export const rescheduleCommand: Command = {
  name: 'reschedule',
  usage: 'reschedule <id> <date> [time]',
  summary: 'move somebody’s last day, before it has begun',
  async run({ bot, sender, rest }) {
    const named = takeCaseId(rest);
    if (!named || named.rest === '')
      return [
        notice('Which case, and to when?', ['Type reschedule, its id and the day: reschedule L-104 23 Nov 17:00.']),
      ];
    return [await proposeReschedule(bot, sender, named.caseId, named.rest)];
  },
};
