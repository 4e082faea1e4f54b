import type { Command } from '#bot/bot-context';
import { cardContext } from '#bot/card-context';
import { visibleCases } from '#bot/visible-cases';
import { caseListCard, caseListSummary, caseListView } from '#cards/case-list';

export const cases: Command = {
  name: 'cases',
  usage: 'cases',
  summary: 'the cases that you may see',
  async run({ bot, sender }) {
    const view = caseListView('cases', await visibleCases(bot, sender), cardContext(bot.engine, 'leaver'));
    return [{ kind: 'card', card: caseListCard(view), summary: caseListSummary(view) }];
  },
};
