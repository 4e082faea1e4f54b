import { createSystemClock } from '#adapters/clock/system-clock';
import { openSqliteStore } from '#adapters/store/sqlite-store';
import type { Teams, TeamsOptions } from '#adapters/teams/teams';
import { createTeams } from '#adapters/teams/teams';
import type { Inbound, Reply, Router } from '#engine/ports/chat';
import type { Store } from '#engine/ports/store';
import type { RecordingConnector } from './recording-connector.js';
import { startRecordingConnector } from './recording-connector.js';

export const tenantId = '11111111-1111-4111-8111-111111111111';
export const dana = 'a0000000-0000-4000-8000-000000000001';
export const morgan = 'a0000000-0000-4000-8000-000000000003';

export interface Logged {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: object;
}

export interface Posted {
  readonly status: number;
  readonly body: unknown;
}

export interface Fixture {
  readonly teams: Teams;
  readonly store: Store;
  readonly connector: RecordingConnector;
  readonly logged: readonly Logged[];
  /** What the router was given, in order. */
  readonly routed: readonly Inbound[];
  route(router: Router): void;
  reply(...replies: readonly Reply[]): void;
  post(body: unknown, headers?: Record<string, string>): Promise<Posted>;
  close(): Promise<void>;
}

/** The adapter in sandbox mode with a store in memory and a recording connector; `change` overrides its options. */
export async function startTeams(change: Partial<TeamsOptions> = {}): Promise<Fixture> {
  const connector = await startRecordingConnector();
  const store = change.store ?? (await openSqliteStore({ path: ':memory:' }));
  const logged: Logged[] = [];
  const routed: Inbound[] = [];
  const note = (level: Logged['level']) => (fields: object, message: string) => {
    logged.push({ level, message, fields });
  };
  const teams = await orClosed(connector, () =>
    createTeams({
      tenantId,
      identity: {},
      sandbox: true,
      host: '127.0.0.1',
      store,
      clock: createSystemClock({ offsetMs: () => 0 }),
      log: { info: note('info'), warn: note('warn'), error: note('error') },
      ...change,
    }),
  );
  let router: Router = async () => [];
  teams.setRouter((inbound) => {
    routed.push(inbound);
    return router(inbound);
  });
  return {
    teams,
    store,
    connector,
    logged,
    routed,
    route: (given) => {
      router = given;
    },
    reply: (...replies) => {
      router = async () => replies;
    },
    post: async (body, headers = {}) => {
      let answered: Posted | undefined;
      const send = (status: number, sent?: unknown) => {
        answered = { status, body: sent };
      };
      await teams.process({ method: 'POST', headers, body }, { send });
      if (!answered) throw new Error('the request got no answer');
      return answered;
    },
    async close() {
      await teams.idle();
      await connector.close();
      await store.close();
    },
  };
}

/** An adapter that refuses to start leaves no server behind: the test run would never end. */
async function orClosed(connector: RecordingConnector, start: () => Teams): Promise<Teams> {
  try {
    return start();
  } catch (error) {
    await connector.close();
    throw error;
  }
}

/** A message from Dana's own chat as Teams sends it; `change` overrides its fields. */
export function message(serviceUrl: string, text: string, change: object = {}): Record<string, unknown> {
  return {
    type: 'message',
    id: '1700000000001',
    channelId: 'msteams',
    serviceUrl,
    timestamp: '2026-11-20T09:00:00.000Z',
    from: { id: '29:dana', name: 'Dana Reyes', aadObjectId: dana },
    recipient: { id: '28:bot', name: 'Latchkey' },
    conversation: { id: 'a:dana', conversationType: 'personal', tenantId },
    channelData: { tenant: { id: tenantId } },
    locale: 'en-GB',
    text,
    ...change,
  };
}

/** A click on a card in Dana's own chat. */
export function click(
  serviceUrl: string,
  verb: string,
  data: object = {},
  change: object = {},
): Record<string, unknown> {
  const { text: _, ...rest } = message(serviceUrl, '');
  return {
    ...rest,
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: 'm-clicked',
    value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
    ...change,
  };
}

export const inChannel = {
  conversation: { id: '19:it@thread.tacv2;messageid=5', conversationType: 'channel', isGroup: true, tenantId },
  channelData: { tenant: { id: tenantId }, team: { id: '19:team' }, channel: { id: '19:it@thread.tacv2' } },
};

export const card = (text: string) => ({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] });
export const cardReply = (text: string): Reply => ({ kind: 'card', card: card(text), summary: text });
