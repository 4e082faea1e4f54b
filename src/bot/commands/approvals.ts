import type { Command } from '#bot/bot-context';
import { cardContext } from '#bot/card-context';
import { digestFor } from '#bot/house/digest';
import { viewerOf } from '#bot/render-case';
import { waitingFor } from '#bot/visible-cases';
import { caseListCard, caseListSummary, caseListView } from '#cards/case-list';
import { decisionsWaiting } from '#engine/decisions-waiting';

export const approvals: Command = {
  name: 'approvals',
  usage: 'approvals',
  summary: 'what waits for your decision',
  async run({ bot, sender }) {
    const waiting = await decisionsWaiting(bot.engine, sender.userId);
    if (waiting.length >= bot.engine.policy.decisions.digestFrom) {
      const { whenSent, ...card } = await digestFor(bot, sender.userId, waiting, 'asked for');
      await whenSent?.();
      return [{ kind: 'card', ...card }];
    }
    const viewer = viewerOf(sender.userId, sender.roles.includes('hr') ? 'hr' : 'manager');
    const view = caseListView('approvals', await waitingFor(bot, sender), {
      ...cardContext(bot.engine, 'leaver'),
      viewer,
    });
    return [{ kind: 'card', card: caseListCard(view), summary: caseListSummary(view) }];
  },
};
