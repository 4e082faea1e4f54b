import type { AddressBook } from '#adapters/teams/address-book';
import type { Connector } from '#adapters/teams/connector';
import type { Envelope } from '#adapters/teams/outgoing-activity';
import { cardActivity, textActivity } from '#adapters/teams/outgoing-activity';
import type { PersonaBook } from '#adapters/teams/persona-book';
import { isPlayground } from '#adapters/teams/persona-book';
import type { TenantId, UserId } from '#domain/ids';
import type { Chat, SentMessage } from '#engine/ports/chat';
import { ChatFailure } from '#engine/ports/chat';
import type { Clock } from '#engine/ports/clock';
import type { Address } from '#engine/ports/store-chat';

export interface ChatOptions {
  readonly tenantId: TenantId;
  readonly sandbox: boolean;
  readonly botId: string;
  readonly connector: Connector;
  readonly book: AddressBook;
  readonly personas: PersonaBook;
  readonly clock: Clock;
  readonly connectorServiceUrl?: string;
  /** Whether the bot may send there at all; a reference stored under other settings may not be. */
  readonly isAllowed: (serviceUrl: string) => boolean;
}

const globalServiceUrl = 'https://smba.trafficmanager.net/teams/';

/** Chat over Teams' connector; see the port for the contract. */
export function createChat(options: ChatOptions): Chat {
  const { connector, book, tenantId } = options;

  async function deliver(address: Address, activity: (envelope: Envelope) => object): Promise<SentMessage> {
    const envelope: Envelope = { ...address, botId: address.botId ?? options.botId };
    try {
      const id = await connector.post(address.serviceUrl, address.conversationId, activity(envelope));
      return sentTo(address, id ?? '');
    } catch (error) {
      await learnFrom(error, address);
      throw error;
    }
  }

  /** What a refusal says about the address is kept, so that nobody is written to in vain for ever. */
  async function learnFrom(error: unknown, address: Address): Promise<void> {
    if (!(error instanceof ChatFailure)) return;
    if (error.kind === 'blocked' || error.kind === 'removed') await book.mark(address.of, error.kind);
    if (error.kind === 'gone') await book.forget(address);
  }

  return {
    async reach(tenant, userId) {
      ours(tenant, tenantId);
      return reachPerson(options, userId);
    },
    async reachChannel(tenant, channelId) {
      ours(tenant, tenantId);
      return reachChannel(options, channelId);
    },
    send: (address, message) => deliver(address, (envelope) => cardActivity(envelope, message)),
    sendText: (address, text) => deliver(address, (envelope) => textActivity(envelope, text)),
    async edit(sent, message) {
      if (sent.activityId === '')
        throw new ChatFailure('edit: the message was sent but got no id to edit it by', 'gone');
      const envelope = { ...sent, tenantId, botId: options.botId };
      await connector.put(sent.serviceUrl, sent.conversationId, sent.activityId, cardActivity(envelope, message));
    },
  };
}

function ours(asked: TenantId, served: TenantId): void {
  if (asked !== served) throw new ChatFailure(`this bot does not serve the tenant ${asked}`, 'no-address');
}

/** A post to a channel opens a thread; its root is edited under the thread's id. */
function sentTo(address: Address, activityId: string): SentMessage {
  const opensThread = address.of.kind === 'channel' && !address.conversationId.includes(';');
  return {
    serviceUrl: address.serviceUrl,
    conversationId: opensThread ? `${address.conversationId};messageid=${activityId}` : address.conversationId,
    activityId,
  };
}

async function reachPerson(options: ChatOptions, userId: UserId): Promise<Address> {
  const of = { kind: 'person', userId } as const;
  const stored = usable(options, await options.book.find(of));
  const persona = options.personas.people.get(userId);
  // A reference kept from an earlier run may point at a screen that is no longer there; what runs now is known better.
  const outdated = stored && persona && persona.serviceUrl !== stored.serviceUrl && !options.book.heard(of);
  if (stored && !outdated) return stored;
  if (persona?.conversationId) return fresh(options, of, persona.serviceUrl, persona.conversationId);
  const serviceUrl = persona?.serviceUrl ?? (await serviceUrlForStrangers(options));
  if (serviceUrl === undefined) {
    throw new ChatFailure(`nobody has a way to the person ${userId}: they have not spoken to the bot`, 'no-address');
  }
  const conversationId = await options.connector.createConversation(serviceUrl, {
    isGroup: false,
    bot: { id: options.botId, name: '' },
    // The Entra id goes into `id`; in `aadObjectId` Teams refuses it.
    members: [{ id: userId, name: '' }],
    tenantId: options.tenantId,
    channelData: { tenant: { id: options.tenantId } },
  });
  const address = fresh(options, of, serviceUrl, conversationId);
  await options.book.keep(address);
  return address;
}

async function reachChannel(options: ChatOptions, channelId: string): Promise<Address> {
  const of = { kind: 'channel', channelId } as const;
  const playground = options.personas.channels.get(channelId);
  const stored = usable(options, await options.book.find(of));
  const outdated = stored && playground && playground.serviceUrl !== stored.serviceUrl && !options.book.heard(of);
  if (stored && !outdated) return stored;
  const serviceUrl = playground?.serviceUrl ?? (await serviceUrlForStrangers(options));
  if (serviceUrl === undefined) throw new ChatFailure(`nobody has a way to the channel ${channelId}`, 'no-address');
  return fresh(options, of, serviceUrl, channelId);
}

/**
 * Where to make a conversation with somebody who has not spoken yet. A playground takes anybody and shows it to nobody, so none is
 * ever asked; in sandbox mode only another connector on this machine that the bot has heard from is left.
 */
async function serviceUrlForStrangers(options: ChatOptions): Promise<string | undefined> {
  if (!options.sandbox) return options.connectorServiceUrl ?? globalServiceUrl;
  const heard = await options.book.latestServiceUrl((url) => !isPlayground(options.personas, url));
  return heard ?? options.connectorServiceUrl;
}

function usable(options: ChatOptions, stored: Address | undefined): Address | undefined {
  if (stored === undefined || !options.isAllowed(stored.serviceUrl)) return undefined;
  if (stored.state === 'active') return stored;
  const why = stored.state === 'blocked' ? 'blocked the bot' : 'has not got the bot installed any more';
  throw new ChatFailure(`${JSON.stringify(stored.of)} ${why}`, stored.state);
}

function fresh(options: ChatOptions, of: Address['of'], serviceUrl: string, conversationId: string): Address {
  const seenAt = options.clock.tenantNow();
  return { tenantId: options.tenantId, of, serviceUrl, conversationId, botId: options.botId, state: 'active', seenAt };
}
