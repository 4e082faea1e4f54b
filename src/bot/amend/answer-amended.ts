import { refusalNotice } from '#bot/amend/refusal-notice';
import type { BotContext, Sender } from '#bot/bot-context';
import { unknownCase } from '#bot/notice';
import { viewCase } from '#bot/view-case';
import { type AmendRequest, amendCase } from '#engine/amend-case';
import type { Reply } from '#engine/ports/chat';

/** Changes the case and answers with its card, or with the reason why nothing was changed. */
export async function answerAmended(
  bot: BotContext,
  sender: Sender,
  caseId: string,
  wish: AmendRequest['wish'],
): Promise<Reply> {
  const amended = await amendCase(bot.engine, { caseId, userId: sender.userId, wish });
  switch (amended.kind) {
    case 'unknown':
      return unknownCase(caseId);
    case 'refused':
      return refusalNotice(bot.engine, amended.state, amended.refusal);
    case 'amended':
    case 'already':
      return viewCase(bot, sender, caseId);
  }
}
