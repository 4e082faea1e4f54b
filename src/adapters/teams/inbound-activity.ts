import { z } from 'zod';

const account = z.object({ id: z.string().min(1), name: z.string().optional(), aadObjectId: z.string().optional() });

const mentionEntity = z.object({
  type: z.literal('mention'),
  text: z.string().optional(),
  mentioned: z.object({ id: z.string(), name: z.string().optional(), aadObjectId: z.string().optional() }),
});

const channelData = z.object({
  tenant: z.object({ id: z.string() }).optional(),
  team: z.object({ id: z.string() }).optional(),
  channel: z.object({ id: z.string() }).optional(),
  settings: z.object({ selectedChannel: z.object({ id: z.string() }).optional() }).optional(),
});

/**
 * What the bot reads of an activity. Loose on purpose in what it does not read: Teams adds fields as it likes, and a strict shape
 * refuses real clicks. Everything the SDK's routing dereferences is required.
 */
export const inboundActivity = z.object({
  type: z.string().min(1),
  name: z.string().optional(),
  id: z.string().optional(),
  channelId: z.string().min(1),
  serviceUrl: z.string().min(1),
  from: account,
  recipient: account,
  conversation: z.object({
    id: z.string().min(1),
    conversationType: z.string().optional(),
    isGroup: z.boolean().optional(),
    tenantId: z.string().optional(),
  }),
  channelData: channelData.optional(),
  text: z.string().optional(),
  entities: z.array(z.unknown()).optional(),
  locale: z.string().optional(),
  replyToId: z.string().optional(),
  action: z.string().optional(),
  membersAdded: z.array(account).optional(),
  membersRemoved: z.array(account).optional(),
  value: z.unknown().optional(),
});

export type InboundActivity = z.infer<typeof inboundActivity>;
export type MentionEntity = z.infer<typeof mentionEntity>;

export function mentionsIn(activity: InboundActivity): readonly MentionEntity[] {
  return (activity.entities ?? []).flatMap((entity) => {
    const read = mentionEntity.safeParse(entity);
    return read.success ? [read.data] : [];
  });
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Lower-case Entra object id, or undefined when this is not one (MRIs look like `29:…`). */
export function entraId(id: string | undefined): string | undefined {
  return id !== undefined && guid.test(id) ? id.toLowerCase() : undefined;
}
