import type { Act } from '#bot/act';
import { openForChange } from '#bot/amend/open-for-change';
import { refusalNotice } from '#bot/amend/refusal-notice';
import { askToConfirm } from '#bot/ask-to-confirm';
import type { BotContext, Sender } from '#bot/bot-context';
import { caseTime } from '#bot/case-time';
import { unknownCase } from '#bot/notice';
import { viewCase } from '#bot/view-case';
import type { CaseId } from '#domain/ids';
import { cancelCase } from '#engine/cancel-case';
import type { Reply } from '#engine/ports/chat';

const longestReason = 500;

function reasonWanted(caseId: CaseId): Reply {
  return {
    kind: 'text',
    text: `Please say why: nothing was cancelled yet. Type cancel ${caseId} and the reason; everybody who was asked reads it.`,
  };
}

export async function proposeCancel(bot: BotContext, sender: Sender, caseId: CaseId, typed: string): Promise<Reply> {
  const opened = await openForChange(bot, sender, caseId, 'cancel');
  if ('reply' in opened) return opened.reply;
  const reason = typed.trim().slice(0, longestReason);
  if (reason === '') return reasonWanted(caseId);
  const { record } = opened.state;
  const time = caseTime(bot.engine, record);
  return askToConfirm(bot, sender, {
    caseId,
    verb: 'cancel',
    values: { reason },
    title: `Cancel the leaving of ${record.person.displayName}?`,
    facts: [
      { title: 'Who', value: record.person.displayName },
      { title: 'Was to end', value: record.immediate ? 'Now' : time.long(record.effectiveAt) },
      { title: 'Why', value: reason },
    ],
    consequences: [
      'Access stays open and nothing is handed over. Nothing has been changed in Microsoft 365.',
      'Everybody who was asked sees on their card that it was cancelled, by whom and why.',
    ],
    grave: true,
  });
}

export const cancel: Act = async (bot, sender, { caseId, values }) => {
  const cancelled = await cancelCase(bot.engine, { caseId, userId: sender.userId, reason: values['reason'] ?? '' });
  switch (cancelled.kind) {
    case 'cancelled':
      return viewCase(bot, sender, caseId);
    case 'reason-wanted':
      return reasonWanted(caseId);
    case 'refused':
      return refusalNotice(bot.engine, cancelled.state, cancelled.refusal);
    case 'unknown':
      return unknownCase(caseId);
  }
};
