import type { InboundActivity, MentionEntity } from '#adapters/teams/inbound-activity';
import { entraId, mentionsIn } from '#adapters/teams/inbound-activity';
import { placeOf } from '#adapters/teams/place';
import type { InboundMessage, Mention } from '#engine/ports/chat';

/** Looks a Teams id (`29:…`) up in the conversation's roster; undefined when the person is not in it. */
type FindMember = (mention: { readonly id: string }) => Promise<string | undefined>;

/**
 * A message as people typed it: the bot's own mention gone, every other `<at>Name</at>` left as the plain name, which is also the
 * mention's `text`, so that it can be found in the message again.
 */
export async function readMessage(
  activity: InboundActivity,
  tenantId: string,
  userId: string,
  findMember: FindMember,
): Promise<InboundMessage> {
  const entities = mentionsIn(activity);
  const others = entities.filter((entity) => entity.mentioned.id !== activity.recipient.id);
  return {
    kind: 'message',
    tenantId,
    from: { userId, ...(activity.from.name === undefined ? {} : { name: activity.from.name }) },
    place: placeOf(activity),
    text: plainText(activity.text ?? '', entities, activity.recipient.id),
    mentions: await Promise.all(others.map((entity) => readMention(entity, findMember))),
    activityId: activity.id ?? '',
    ...(activity.locale === undefined ? {} : { locale: activity.locale }),
  };
}

function plainText(text: string, entities: readonly MentionEntity[], botId: string): string {
  const withoutBot = entities
    .filter((entity) => entity.mentioned.id === botId)
    .reduce((rest, entity) => rest.replaceAll(entity.text ?? `<at>${entity.mentioned.name ?? ''}</at>`, ' '), text);
  return spaced(withoutBot.replace(/<at[^>]*>([^<]*)<\/at>/gi, '$1'));
}

async function readMention(entity: MentionEntity, findMember: FindMember): Promise<Mention> {
  const { id, name, aadObjectId } = entity.mentioned;
  const userId = entraId(aadObjectId) ?? entraId(id) ?? entraId(await findMember({ id }));
  const text = spaced((entity.text ?? name ?? '').replace(/<\/?at[^>]*>/gi, ''));
  return { text, ...(userId === undefined ? {} : { userId }), ...(name === undefined ? {} : { name }) };
}

/** Teams puts no-break spaces around mentions and into pasted text; a command must not fail on one. */
function spaced(text: string): string {
  return text
    .replace(/&nbsp;/gi, ' ')
    .replace(/[\u200b\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
