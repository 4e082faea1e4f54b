import type { Command } from '#bot/bot-context';
import { cardContext } from '#bot/card-context';
import { notice } from '#bot/notice';
import { casesWithExceptions } from '#bot/visible-cases';
import {
  type ExceptionFilter,
  exceptionListCard,
  exceptionListSummary,
  exceptionListView,
} from '#cards/exception-list';

const filters: readonly ExceptionFilter[] = ['all', 'mine', 'open', 'overdue'];

export const exceptionsCommand: Command = {
  name: 'exceptions',
  usage: 'exceptions [mine, open or overdue]',
  summary: 'what needs a person, in the cases that you may see',
  async run({ bot, sender, rest }) {
    const filter = filters.find((one) => one === (rest.trim().toLowerCase() || 'all'));
    if (!filter)
      return [notice('Which ones?', ['Type exceptions, exceptions mine, exceptions open or exceptions overdue.'])];
    const states = await casesWithExceptions(bot, sender);
    const view = exceptionListView(filter, states, sender, cardContext(bot.engine, 'leaver'));
    return [{ kind: 'card', card: exceptionListCard(view), summary: exceptionListSummary(view) }];
  },
};
