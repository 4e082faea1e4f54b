import type { InboundActivity } from '#adapters/teams/inbound-activity';
import type { PersonaBook } from '#adapters/teams/persona-book';
import { isAnothersChat } from '#adapters/teams/persona-book';
import { placeOf } from '#adapters/teams/place';
import type { TenantId, UserId } from '#domain/ids';
import { msBetween } from '#domain/instant';
import type { Clock } from '#engine/ports/clock';
import type { Store, Stored } from '#engine/ports/store';
import type { Address } from '#engine/ports/store-chat';

/** Stored addresses, by person and by channel. */
export interface AddressBook {
  find(of: Address['of']): Promise<Address | undefined>;
  /** Keeps what a verified activity says about how to reach its sender or channel. */
  refresh(activity: InboundActivity, userId: UserId | undefined): Promise<void>;
  /** Marks the welcome; false when it was marked before, so that two events of one installation greet once. */
  markWelcomed(of: Address['of']): Promise<boolean>;
  mark(of: Address['of'], state: Address['state']): Promise<void>;
  keep(address: Address): Promise<void>;
  /** Forgets a conversation that Teams no longer has, unless a newer one stands there. */
  forget(address: Address): Promise<void>;
  /** The serviceUrl of the latest verified activity that `accept` takes; survives a restart. */
  latestServiceUrl(accept: (serviceUrl: string) => boolean): Promise<string | undefined>;
  /** Whether this process has heard from there itself. */
  heard(of: Address['of']): boolean;
}

const dayMs = 24 * 60 * 60 * 1000;
const attempts = 5;

export function createAddressBook(options: {
  readonly store: Store;
  readonly clock: Clock;
  readonly tenantId: TenantId;
  readonly personas: PersonaBook;
}): AddressBook {
  const { store, clock, tenantId, personas } = options;
  const heard = new Set<string>();
  let latest: string | undefined;

  const find = async (of: Address['of']) => (await store.get(tenantId, 'address', keyOf(of)))?.body;

  /** Reads, lets `next` decide and writes only if nobody wrote meanwhile; undefined from `next` writes nothing. */
  async function change(
    of: Address['of'],
    next: (now: Address | undefined) => Address | null | undefined,
  ): Promise<boolean> {
    const key = keyOf(of);
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const now: Stored<'address'> | undefined = await store.get(tenantId, 'address', key);
      const body = next(now?.body);
      if (body === undefined) return false;
      const write = { collection: 'address', key, expect: now?.version ?? 0, body } as const;
      const result = await store.commit({ tenantId, state: [write], evidence: [], outbox: [] });
      if (result.ok) return true;
    }
    throw new Error(`the address ${key} changed ${attempts} times while it was being written`);
  }

  return {
    find,
    heard: (of) => heard.has(keyOf(of)),
    async refresh(activity, userId) {
      latest = activity.serviceUrl;
      const seen = addressOf(activity, tenantId, userId, clock.tenantNow());
      if (!seen) return;
      if (userId && isAnothersChat(personas, userId, seen.serviceUrl, seen.conversationId)) return;
      heard.add(keyOf(seen.of));
      await change(seen.of, (now) => (isNews(seen, now) ? merged(seen, now) : undefined));
    },
    markWelcomed: (of) =>
      change(of, (now) => (now && !now.welcomedAt ? { ...now, welcomedAt: clock.tenantNow() } : undefined)),
    async mark(of, state) {
      await change(of, (now) => (now && now.state !== state ? withState(now, state) : undefined));
    },
    async keep(address) {
      await change(address.of, (now) => merged(address, now));
    },
    async forget(address) {
      await change(address.of, (now) => (now?.conversationId === address.conversationId ? null : undefined));
    },
    async latestServiceUrl(accept) {
      if (latest !== undefined) return accept(latest) ? latest : undefined;
      const stored = await store.list(tenantId, 'address');
      const newest = [...stored].sort((a, b) => b.body.seenAt.localeCompare(a.body.seenAt))[0]?.body.serviceUrl;
      return newest !== undefined && accept(newest) ? newest : undefined;
    },
  };
}

function keyOf(of: Address['of']): string {
  return of.kind === 'person' ? `person/${of.userId}` : `channel/${of.channelId}`;
}

/** A group chat is no address: nothing is ever sent there but answers. */
function addressOf(
  activity: InboundActivity,
  tenantId: TenantId,
  userId: UserId | undefined,
  seenAt: string,
): Address | undefined {
  const place = placeOf(activity);
  const common = {
    tenantId,
    serviceUrl: activity.serviceUrl,
    botId: activity.recipient.id,
    state: 'active',
    seenAt,
    ...(activity.locale === undefined ? {} : { locale: activity.locale }),
  } as const;
  if (place.kind === 'personal' && userId) {
    return { ...common, of: { kind: 'person', userId }, conversationId: place.conversationId };
  }
  if (place.kind !== 'channel' || place.channelId === undefined) return undefined;
  return { ...common, of: { kind: 'channel', channelId: place.channelId }, conversationId: place.channelId };
}

/** A busy chat must not write on every message: only what changed, or that a day has passed. */
function isNews(seen: Address, now: Address | undefined): boolean {
  if (!now || msBetween(now.seenAt, seen.seenAt) >= dayMs) return true;
  const fields = ['serviceUrl', 'conversationId', 'botId', 'state'] as const;
  return (
    fields.some((field) => seen[field] !== now[field]) || (seen.locale !== undefined && seen.locale !== now.locale)
  );
}

function merged(seen: Address, now: Address | undefined): Address {
  return now ? { ...now, ...seen } : seen;
}

/** Removed and installed again is a new acquaintance: the welcome is due again. */
function withState(now: Address, state: Address['state']): Address {
  const { welcomedAt, ...rest } = now;
  return { ...rest, state, ...(welcomedAt === undefined || state === 'removed' ? {} : { welcomedAt }) };
}
