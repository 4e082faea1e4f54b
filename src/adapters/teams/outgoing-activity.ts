import type { TenantId } from '#domain/ids';
import type { OutgoingCard } from '#engine/ports/chat';

/** Where an activity goes and who it is from; the tenant is named twice because Teams reads it in both places. */
export interface Envelope {
  readonly tenantId: TenantId;
  readonly serviceUrl: string;
  readonly conversationId: string;
  readonly botId: string;
}

/** The card alone: text beside it makes clients split the message, and then its id no longer finds the card. */
export function cardActivity(envelope: Envelope, message: OutgoingCard): object {
  return {
    ...base(envelope),
    summary: message.summary,
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: message.card }],
  };
}

export function textActivity(envelope: Envelope, text: string): object {
  return { ...base(envelope), text, textFormat: 'markdown' };
}

function base(envelope: Envelope): object {
  return {
    type: 'message',
    channelId: 'msteams',
    serviceUrl: envelope.serviceUrl,
    from: { id: envelope.botId },
    conversation: { id: envelope.conversationId, tenantId: envelope.tenantId },
    channelData: { tenant: { id: envelope.tenantId } },
  };
}
