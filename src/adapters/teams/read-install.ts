import type { InboundActivity } from '#adapters/teams/inbound-activity';
import { placeOf } from '#adapters/teams/place';
import type { InboundInstall } from '#engine/ports/chat';

/**
 * Teams tells of an installation twice, as installationUpdate and as conversationUpdate with the bot among the members; both are read
 * and the address remembers the welcome. Upgrades and other people coming or going are no installation.
 */
export function readInstall(activity: InboundActivity, tenantId: string, userId?: string): InboundInstall | undefined {
  const action = activity.type === 'installationUpdate' ? installed(activity) : joined(activity);
  if (action === undefined) return undefined;
  return {
    kind: 'install',
    action,
    tenantId,
    ...(userId === undefined
      ? {}
      : { from: { userId, ...(activity.from.name === undefined ? {} : { name: activity.from.name }) } }),
    place: placeOf(activity),
  };
}

function installed(activity: InboundActivity): 'add' | 'remove' | undefined {
  return activity.action === 'add' || activity.action === 'remove' ? activity.action : undefined;
}

function joined(activity: InboundActivity): 'add' | 'remove' | undefined {
  if (activity.type !== 'conversationUpdate') return undefined;
  const isBot = (member: { readonly id: string }) => member.id === activity.recipient.id;
  if (activity.membersAdded?.some(isBot)) return 'add';
  return activity.membersRemoved?.some(isBot) ? 'remove' : undefined;
}
