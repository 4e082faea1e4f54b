import type { Command } from '#bot/bot-context';
import { takeCaseId } from '#bot/case-argument';
import { notice } from '#bot/notice';
import { wishOtherwise } from '#bot/wish-otherwise';

export const keepCommand: Command = {
  name: 'keep',
  usage: 'keep <id> <what> until <date> <reason>',
  summary: 'ask that something is left as it is for a while; others sign it',
  async run({ bot, sender, rest }) {
    const named = takeCaseId(rest);
    const [, word, typed] = /^(\S+)\s*(.*)$/.exec(named?.rest ?? '') ?? [];
    if (!named || !word)
      return [
        notice('What is to be kept, in which case?', [
          'Type it like this: keep L-104 sign-in until 27 Nov 2026 the handover call is on Friday.',
          'What can be kept: sign-in, forwarding, groups, mailbox, licences.',
        ]),
      ];
    const wish = { kind: 'keep', word } as const;
    return [
      await wishOtherwise(bot, sender, {
        caseId: named.caseId,
        wish,
        typed: (typed ?? '').replace(/^until\s*/i, ''),
      }),
    ];
  },
};
