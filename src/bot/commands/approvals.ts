import type { Command } from '#bot/bot-context';
import { cardContext } from '#bot/card-context';
import { viewerOf } from '#bot/render-case';
import { waitingFor } from '#bot/visible-cases';
import { caseListCard, caseListSummary, caseListView } from '#cards/case-list';

export const approvals: Command = {
  name: 'approvals',
  usage: 'approvals',
  summary: 'what waits for your decision',
  async run({ bot, sender }) {
    const viewer = viewerOf(sender.userId, sender.roles.includes('hr') ? 'hr' : 'manager');
    const view = caseListView('approvals', await waitingFor(bot, sender), {
      ...cardContext(bot.engine, 'leaver'),
      viewer,
    });
    return [{ kind: 'card', card: caseListCard(view), summary: caseListSummary(view) }];
  },
};
