import type { InboundActivity } from '#adapters/teams/inbound-activity';
import type { Place } from '#engine/ports/chat';

export const cardActionInvoke = 'adaptiveCard/action';

export function placeOf(activity: InboundActivity): Place {
  const kind = kindOf(activity);
  const channelId = kind === 'channel' ? channelOf(activity) : undefined;
  return {
    kind,
    serviceUrl: activity.serviceUrl,
    conversationId: activity.conversation.id,
    ...(channelId === undefined ? {} : { channelId }),
  };
}

/** The tenant that Teams names; where it names two they must agree, so both are returned. */
export function tenantsOf(activity: InboundActivity): readonly string[] {
  return [activity.channelData?.tenant?.id, activity.conversation.tenantId]
    .filter((id): id is string => id !== undefined && id !== '')
    .map((id) => id.toLowerCase());
}

function kindOf(activity: InboundActivity): Place['kind'] {
  const type = activity.conversation.conversationType;
  if (type === 'channel' || activity.channelData?.channel || activity.channelData?.team) return 'channel';
  if (type === 'personal') return 'personal';
  return type === 'groupChat' || activity.conversation.isGroup ? 'groupChat' : 'personal';
}

/** An installation in a team carries the channel in settings; a message carries it in channel, or only as the head of its thread's id. */
function channelOf(activity: InboundActivity): string {
  return (
    activity.channelData?.channel?.id ??
    activity.channelData?.settings?.selectedChannel?.id ??
    activity.conversation.id.split(';')[0] ??
    activity.conversation.id
  );
}
