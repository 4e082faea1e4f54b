import type { CloudAdapter } from 'botbuilder';
import { z } from 'zod';
import { classifyFailure } from '#adapters/teams/classify-failure';

/** The part of the SDK's connector client that is used here. Reaching into its pipeline is internal API and happens only in this file. */
interface ConnectorClient {
  readonly conversations: {
    createConversation(parameters: object): Promise<unknown>;
    sendToConversation(conversationId: string, activity: object): Promise<unknown>;
    updateActivity(conversationId: string, activityId: string, activity: object): Promise<unknown>;
    getConversationMember(memberId: string, conversationId: string): Promise<unknown>;
  };
  readonly client: { readonly pipeline: Pipeline };
}

interface PipelineRequest {
  timeout: number;
}

interface Pipeline {
  removePolicy(which: { readonly name: string }): unknown;
  addPolicy(policy: {
    readonly name: string;
    sendRequest(request: PipelineRequest, next: (request: PipelineRequest) => Promise<unknown>): Promise<unknown>;
  }): void;
}

/** One call to Teams each: no retry, a time limit, and every error a `ChatFailure`. */
export interface Connector {
  /** The new message's id; undefined where the other side gives none. */
  post(serviceUrl: string, conversationId: string, activity: object): Promise<string | undefined>;
  put(serviceUrl: string, conversationId: string, activityId: string, activity: object): Promise<void>;
  createConversation(serviceUrl: string, parameters: object): Promise<string>;
  /** Entra object id of a member of the conversation, where the roster has one. */
  member(serviceUrl: string, conversationId: string, memberId: string): Promise<string | undefined>;
}

export interface ConnectorOptions {
  readonly adapter: CloudAdapter;
  readonly appId: string;
  /** Waits for a turn under the rate limits. */
  readonly pace: (conversationId: string) => Promise<void>;
  readonly timeoutMs: number;
}

const resource = z.object({ id: z.string().optional() }).passthrough();
const memberShape = z.object({ aadObjectId: z.string().optional(), objectId: z.string().optional() });
const keepClients = 20;

export function createConnector(options: ConnectorOptions): Connector {
  const clients = new Map<string, ConnectorClient>();

  async function clientFor(serviceUrl: string): Promise<ConnectorClient> {
    const known = clients.get(serviceUrl);
    if (known) return known;
    const made = await openClient(options, serviceUrl);
    if (clients.size >= keepClients) clients.clear();
    clients.set(serviceUrl, made);
    return made;
  }

  async function call<T>(what: string, serviceUrl: string, work: (client: ConnectorClient) => Promise<T>): Promise<T> {
    try {
      return await work(await clientFor(serviceUrl));
    } catch (error) {
      throw classifyFailure(error, what);
    }
  }

  return {
    async post(serviceUrl, conversationId, activity) {
      await options.pace(conversationId);
      const made = await call('send', serviceUrl, (client) =>
        client.conversations.sendToConversation(conversationId, activity),
      );
      const read = resource.safeParse(made);
      return read.success ? read.data.id : undefined;
    },
    async put(serviceUrl, conversationId, activityId, activity) {
      await options.pace(conversationId);
      await call('edit', serviceUrl, (client) =>
        client.conversations.updateActivity(conversationId, activityId, activity),
      );
    },
    async createConversation(serviceUrl, parameters) {
      await options.pace('');
      return call('create conversation', serviceUrl, async (client) => {
        const { id } = resource.parse(await client.conversations.createConversation(parameters));
        if (!id) throw new Error('Teams made a conversation and gave it no id');
        return id;
      });
    },
    member: (serviceUrl, conversationId, memberId) =>
      call('find member', serviceUrl, async (client) => {
        const found = memberShape.parse(await client.conversations.getConversationMember(memberId, conversationId));
        return found.aadObjectId ?? found.objectId;
      }),
  };
}

/**
 * The SDK hands its client out only inside a turn. Left as it is, it tries a POST four times on 500 to 504, which can show one message
 * four times, and it waits for ever for a peer that does not answer: the outbox does the retrying, and a call has a time limit.
 */
async function openClient(options: ConnectorOptions, serviceUrl: string): Promise<ConnectorClient> {
  let client: ConnectorClient | undefined;
  const reference = {
    channelId: 'msteams',
    serviceUrl,
    bot: { id: options.appId, name: '' },
    conversation: { id: 'none', isGroup: false, conversationType: 'personal', name: '' },
  };
  await options.adapter.continueConversationAsync(options.appId, reference, async (context) => {
    client = context.turnState.get<ConnectorClient>(options.adapter.ConnectorClientKey);
  });
  if (!client) throw new Error('the Bot Framework SDK gave no connector client');
  client.client.pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  client.client.pipeline.addPolicy({
    name: 'timeLimit',
    sendRequest: (request, next) => {
      request.timeout = options.timeoutMs;
      return next(request);
    },
  });
  return client;
}
