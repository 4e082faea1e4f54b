import type { Command } from '#bot/bot-context';
import { takeCaseId, takeExceptionId } from '#bot/case-argument';
import { notice } from '#bot/notice';
import { wishOtherwise } from '#bot/wish-otherwise';

export const waiveCommand: Command = {
  name: 'waive',
  usage: 'waive <id> [number] until <date> <reason>',
  summary: 'ask that an exception is accepted as it is for a while; others sign it',
  async run({ bot, sender, rest }) {
    const named = takeCaseId(rest);
    if (!named)
      return [
        notice('Which case?', [
          'Type waive, its id, until when and why: waive L-104 until 20 Dec 2026 the vendor replaces it in December.',
        ]),
      ];
    const { exceptionId, rest: behind } = takeExceptionId(named.rest);
    const wish = { kind: 'waive', ...(exceptionId ? { exceptionId } : {}) } as const;
    return [await wishOtherwise(bot, sender, { caseId: named.caseId, wish, typed: behind.replace(/^until\s*/i, '') })];
  },
};
