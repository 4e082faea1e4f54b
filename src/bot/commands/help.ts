import type { Command } from '#bot/bot-context';
import { readerOf } from '#bot/reader-of';
import { helpCard, helpSummary, helpView } from '#cards/help';

export const help: Command = {
  name: 'help',
  usage: 'help',
  summary: 'what you can type',
  async run({ bot, sender }) {
    const view = helpView(await readerOf(bot, sender));
    return [{ kind: 'card', card: helpCard(view), summary: helpSummary(view) }];
  },
};
