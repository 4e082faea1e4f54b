import type { BotContext } from '#bot/bot-context';
import type { HouseAudience } from '#bot/house/house-card';
import type { CaseRecord } from '#domain/case';
import { isHiddenFromChannel } from '#engine/house/tell-it';
import { isSubject } from '#engine/may-see';

/**
 * Whether a list for IT names a case to this audience. Nobody is told their own; where there is a channel, a colleague's case stays out
 * of it and is told one to one, and everything else stays in the channel.
 */
export function mayTell({ itChannelId }: BotContext, audience: HouseAudience, record: CaseRecord): boolean {
  if (audience.kind === 'channel') return !isHiddenFromChannel(record);
  if (isSubject(record, audience.userId)) return false;
  return itChannelId === undefined || isHiddenFromChannel(record);
}
