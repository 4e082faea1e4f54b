import { CloudAdapter } from 'botbuilder';
import { createAddressBook } from '#adapters/teams/address-book';
import { createActionAnswers } from '#adapters/teams/answer-action';
import { createBackground } from '#adapters/teams/background';
import type { BotIdentity } from '#adapters/teams/bot-identity';
import { checkBotIdentity, createAuthentication, issuerOf } from '#adapters/teams/bot-identity';
import { createChat } from '#adapters/teams/chat';
import { createConnector } from '#adapters/teams/connector';
import type { TeamsLog } from '#adapters/teams/log';
import { createPacing } from '#adapters/teams/pacing';
import type { PersonaBook } from '#adapters/teams/persona-book';
import type { BotRequest } from '#adapters/teams/receive';
import { receive } from '#adapters/teams/receive';
import { createReplies } from '#adapters/teams/replies';
import { isAllowedServiceUrl } from '#adapters/teams/service-url';
import { createTurns } from '#adapters/teams/turns';
import type { TenantId } from '#domain/ids';
import type { Chat, Router } from '#engine/ports/chat';
import type { Clock } from '#engine/ports/clock';
import type { Store } from '#engine/ports/store';

export interface TeamsOptions {
  /** The one tenant that is served. */
  readonly tenantId: TenantId;
  readonly identity: BotIdentity;
  readonly sandbox: boolean;
  /** The address the HTTP server listens on: without an app id only a loopback one is accepted. */
  readonly host: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: TeamsLog;
  /** CONNECTOR_SERVICE_URL; by default Teams' global endpoint. */
  readonly connectorServiceUrl?: string;
  /** May be filled after this call, when the playgrounds have started. */
  readonly personas?: PersonaBook;
  /** How long one call to Teams may take; 10 s by default. */
  readonly timeoutMs?: number;
}

export interface BotResponse {
  send(status: number, body?: unknown): unknown;
}

export interface Teams {
  /** POST /api/messages. Answers every request; throws never. */
  process(request: BotRequest, response: BotResponse): Promise<void>;
  readonly chat: Chat;
  /** Before the first request. */
  setRouter(router: Router): void;
  /** Resolves when no work is left that outlived its request. */
  idle(): Promise<void>;
}

const usualTimeoutMs = 10_000;

/** Throws when the identity would leave the bot open to anybody or unable to speak. */
export function createTeams(options: TeamsOptions): Teams {
  checkBotIdentity(options.identity, options);
  const sdk = createAuthentication(options.identity);
  const adapter = new CloudAdapter(sdk);
  const personas = options.personas ?? { people: new Map(), channels: new Map() };
  const rule = { ...options, tenantId: options.tenantId.toLowerCase() };
  const botId = options.identity.appId ? `28:${options.identity.appId}` : 'latchkey';
  const connector = createConnector({
    adapter,
    appId: options.identity.appId ?? '',
    pace: createPacing(options.clock),
    timeoutMs: options.timeoutMs ?? usualTimeoutMs,
  });
  const book = createAddressBook({ ...rule, personas });
  const chat = createChat({
    ...rule,
    botId,
    connector,
    book,
    personas,
    isAllowed: (url) => isAllowedServiceUrl(url, rule),
  });
  const replies = createReplies({ connector, chat, log: options.log });
  const background = createBackground(options.log);
  let router: Router | undefined;
  const route: Router = async (inbound) => {
    if (!router) throw new Error('no router was set');
    return router(inbound);
  };
  const common = { ...rule, replies, route, background: background.add };
  const turns = createTurns({ ...common, book, connector, answerAction: createActionAnswers(common) });
  const token = { sdk, issuer: issuerOf(options.identity), tokensRequired: Boolean(options.identity.appId) };
  const receiving = { adapter, token, rule, book, turns, log: options.log };

  return {
    chat,
    idle: background.idle,
    setRouter: (given) => {
      router = given;
    },
    async process(request, response) {
      const { status, body } = await receive(request, receiving);
      if (body === undefined) response.send(status);
      else response.send(status, body);
    },
  };
}
