import type { Command } from '#bot/bot-context';
import { takeCaseId } from '#bot/case-argument';
import { notice } from '#bot/notice';
import { wishOtherwise } from '#bot/wish-otherwise';

export const holdCommand: Command = {
  name: 'hold',
  usage: 'hold <id> until <date> <reason>',
  summary: 'ask that nothing more of a case begins for a while; others sign it',
  async run({ bot, sender, rest }) {
    const named = takeCaseId(rest);
    if (!named)
      return [
        notice('Which case?', [
          'Type hold, its id, until when and why: hold L-104 until 27 Nov 2026 the last day is being discussed.',
        ]),
      ];
    const typed = named.rest.replace(/^until\s*/i, '');
    return [await wishOtherwise(bot, sender, { caseId: named.caseId, wish: { kind: 'hold' }, typed })];
  },
};
