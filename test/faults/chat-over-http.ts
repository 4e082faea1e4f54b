import { z } from 'zod';
import type { Chat } from '#engine/ports/chat';
import { ChatFailure } from '#engine/ports/chat';

const taken = z.object({ id: z.string() });

/** The chat port on a recording chat: a conversation per person, under the person's own id. */
export function chatOverHttp(origin: string): Chat {
  const place = (of: { kind: 'person'; userId: string } | { kind: 'channel'; channelId: string }) => ({
    tenantId: '',
    of,
    serviceUrl: origin,
    conversationId: of.kind === 'person' ? of.userId : of.channelId,
    state: 'active' as const,
    seenAt: '1970-01-01T00:00:00.000Z',
  });
  const post = async (conversationId: string, body: unknown) => ({
    serviceUrl: origin,
    conversationId,
    activityId: taken.parse(await call(origin, 'POST', `/messages/${conversationId}`, body)).id,
  });
  return {
    reach: async (tenantId, userId) => ({ ...place({ kind: 'person', userId }), tenantId }),
    reachChannel: async (tenantId, channelId) => ({ ...place({ kind: 'channel', channelId }), tenantId }),
    send: (address, message) => post(address.conversationId, message),
    sendText: (address, text) => post(address.conversationId, { text }),
    async edit(sent, message) {
      await call(origin, 'PUT', `/messages/${sent.conversationId}/${sent.activityId}`, message);
    },
  };
}

async function call(origin: string, method: string, path: string, body: unknown): Promise<unknown> {
  try {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${origin}${path}`, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}`);
    return await answer.json();
  } catch (cause) {
    throw new ChatFailure(`the recording chat: ${method} ${path}`, 'retry', { cause });
  }
}
