import type { Connector } from '#adapters/teams/connector';
import { brokenSentence } from '#adapters/teams/invoke-answer';
import type { TeamsLog } from '#adapters/teams/log';
import type { Envelope } from '#adapters/teams/outgoing-activity';
import { cardActivity, textActivity } from '#adapters/teams/outgoing-activity';
import type { TenantId, UserId } from '#domain/ids';
import type { Chat, Place, Reply } from '#engine/ports/chat';
import { ChatFailure } from '#engine/ports/chat';

/** Whom an answer is for and where they asked. */
export interface Asker {
  readonly tenantId: TenantId;
  readonly userId: UserId | undefined;
  readonly place: Place;
  readonly botId: string;
}

export interface Replies {
  /** In order, each to where the person wrote or, `privately`, to their own chat. */
  deliver(asker: Asker, replies: readonly Reply[]): Promise<void>;
  /** The late answer to a click: the card takes the clicked message's place where only its sender sees it. */
  deliverLate(asker: Asker, messageId: string | undefined, replies: readonly Reply[]): Promise<void>;
  /** Says that something broke. Never throws: it is the last thing tried. */
  apologise(asker: Asker, error: unknown): Promise<void>;
}

export function createReplies(options: {
  readonly connector: Connector;
  readonly chat: Chat;
  readonly log: TeamsLog;
}): Replies {
  const { connector, chat, log } = options;

  async function here(asker: Asker, activity: (envelope: Envelope) => object): Promise<void> {
    const { serviceUrl, conversationId } = asker.place;
    const envelope = { tenantId: asker.tenantId, serviceUrl, conversationId, botId: asker.botId };
    await connector.post(serviceUrl, conversationId, activity(envelope));
  }

  async function one(asker: Asker, reply: Reply): Promise<void> {
    const activity = (envelope: Envelope) =>
      reply.kind === 'card' ? cardActivity(envelope, reply) : textActivity(envelope, sentence(reply));
    const alone = asker.place.kind === 'personal' || !isPrivate(reply);
    if (alone) return here(asker, activity);
    await privately(asker, reply);
  }

  async function privately(asker: Asker, reply: Reply): Promise<void> {
    if (asker.userId === undefined) throw new ChatFailure('there is no person to answer privately', 'no-address');
    const address = await chat.reach(asker.tenantId, asker.userId);
    if (reply.kind === 'card') await chat.send(address, reply);
    else await chat.sendText(address, sentence(reply));
  }

  async function replace(asker: Asker, messageId: string, reply: Extract<Reply, { kind: 'card' }>): Promise<void> {
    const { serviceUrl, conversationId } = asker.place;
    try {
      await chat.edit({ serviceUrl, conversationId, activityId: messageId }, reply);
    } catch (error) {
      if (!(error instanceof ChatFailure && error.kind === 'gone')) throw error;
      await one(asker, reply);
    }
  }

  return {
    async deliver(asker, replies) {
      for (const reply of replies) await one(asker, reply);
    },
    async deliverLate(asker, messageId, replies) {
      for (const reply of replies) {
        const editable = reply.kind === 'card' && messageId !== undefined && asker.place.kind === 'personal';
        if (editable) await replace(asker, messageId, reply);
        else if (asker.place.kind === 'personal') await one(asker, reply);
        else await privately(asker, reply);
      }
    },
    async apologise(asker, error) {
      log.error({ err: error, conversationId: asker.place.conversationId }, 'the bot could not answer');
      try {
        await here(asker, (envelope) => textActivity(envelope, brokenSentence));
      } catch (second) {
        log.error({ err: second, conversationId: asker.place.conversationId }, 'nor could it say so');
      }
    },
  };
}

function isPrivate(reply: Reply): boolean {
  return reply.kind !== 'error' && reply.privately === true;
}

function sentence(reply: Exclude<Reply, { kind: 'card' }>): string {
  return reply.kind === 'text' ? reply.text : reply.message;
}
