import type { Command } from '#bot/bot-context';
import { proposeDelegation, proposeEnd } from '#bot/delegate-approvals';
import { notice } from '#bot/notice';

/** `approvals to Priya Shah until 27 Nov 2026`: what stands behind the command's name. */
const wish = /^approvals?\s+to\s+(?<who>.+?)(?:\s+until\s+(?<until>.+))?$/i;

export const delegate: Command = {
  name: 'delegate',
  usage: 'delegate approvals to <user> until <date>',
  summary: 'let a colleague decide what waits for you while you are away',
  async run({ bot, sender, message, rest }) {
    const { who, until } = wish.exec(rest)?.groups ?? {};
    if (who && /^nobody$/i.test(who)) return [await proposeEnd(bot, sender)];
    if (!who || !until)
      return [
        notice('Who decides for you, and until when?', [
          'Type it like this: delegate approvals to Priya Shah until 27 Nov 2026.',
          'To decide by yourself again: delegate approvals to nobody.',
        ]),
      ];
    // A mention stands for exactly one person.
    const mentioned = message.mentions.find(({ userId }) => userId !== undefined)?.userId;
    return [await proposeDelegation(bot, sender, mentioned ?? who.replace(/^@/, ''), until)];
  },
};
