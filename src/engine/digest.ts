import { sha256Hex } from '#domain/canonical';
import type { Digest } from '#domain/house';
import type { CaseId, UserId } from '#domain/ids';
import { plusMs } from '#domain/instant';
import { type Decided, decidePart } from '#engine/decide-part';
import { decisionsWaiting, type WaitingDecision } from '#engine/decisions-waiting';
import { readPerson } from '#engine/directory';
import type { Engine } from '#engine/engine';
import { houseMessage } from '#engine/keys';
import type { OutboxMessage, Write } from '#engine/ports/store';
import { siteOf } from '#engine/site-of';

/** What one card lists; the others follow when these are decided. */
export const mostListed = 10;

/** What a list of waiting decisions shows; kept, so that a click can refer to it. The same list has the same id. */
export function digestOf(engine: Engine, userId: UserId, listed: readonly WaitingDecision[]): Digest {
  const rows = listed.map(({ state, hash }) => ({ caseId: state.record.caseId, hash }));
  const digestId = `${userId}/${sha256Hex(JSON.stringify(rows)).slice(0, 32)}`;
  return { digestId, userId, rows, shownAt: engine.clock.tenantNow() };
}

export async function keepDigest(engine: Engine, digest: Digest): Promise<void> {
  const { store, tenantId } = engine;
  const write = { collection: 'digest', key: digest.digestId, body: digest } as const;
  const result = await store.commit({ tenantId, state: [write], evidence: [], outbox: [] });
  if (!result.ok) throw new Error(`what was listed could not be kept: ${result.reason}`);
}

const day = 86_400_000;

/** The last working morning where a person works, `YYYY-MM-DD`: their list is a new message at most once for each. */
export async function digestDay(engine: Engine, userId: UserId): Promise<string> {
  const { policy, calendar, clock, graph } = engine;
  const person = await readPerson(graph, userId);
  const site = person ? siteOf(policy, person) : policy.sites.find(({ name }) => name === policy.defaultSite);
  const now = clock.tenantNow();
  const zone = site?.zone ?? 'utc';
  const { date, time } = calendar.toLocal(now, zone);
  const early = time < policy.decisions.quietHours.to ? 1 : 0;
  for (let back = early; back < 14 && site; back += 1) {
    const that = calendar.toLocal(plusMs(now, -back * day), zone).date;
    if (calendar.isWorkingDay(that, site)) return that;
  }
  return date;
}

/** The newest day for which a person's list was made; `undefined`: they never had one. */
export async function lastDigestDay(engine: Engine, userId: UserId): Promise<string | undefined> {
  const made = await engine.store.list(engine.tenantId, 'done', { keyPrefix: `digest/${userId}/` });
  return made
    .map(({ key }) => key.slice(key.lastIndexOf('/') + 1))
    .sort()
    .at(-1);
}

/** That there is a list of that day: the one before says from now on that it is carried on. */
export function digestMade(engine: Engine, userId: UserId, date: string): Write {
  return { collection: 'done', key: `digest/${userId}/${date}`, body: { at: engine.clock.tenantNow() } };
}

/** One person's list of one day; sent again, it is edited in place. */
export function digestMessage(userId: UserId, date: string): OutboxMessage {
  return houseMessage(`person/${userId}`, 'digest', `${userId}/${date}`);
}

export interface DigestRequest {
  readonly userId: UserId;
  readonly digestId: string;
  /** The cases that were chosen; `all`: every one that may be decided from the list. */
  readonly chosen: readonly CaseId[] | 'all';
  readonly outcome: 'approved' | 'rejected';
  readonly reason?: string;
}

export type DigestDecided =
  | { readonly kind: 'unknown' | 'reason-wanted' | 'none-chosen' }
  | { readonly kind: 'decided'; readonly cases: readonly { readonly caseId: CaseId; readonly came: Came }[] };

/** `unread`: elevated, and never opened. */
export type Came = Decided['kind'] | 'unread';

/**
 * Decides what was chosen from a list, each case by itself and for exactly the hashes that the list showed: what has changed since,
 * or was decided by somebody else, is left alone. What wants reading is not decided here before it was opened.
 */
export async function decideFromDigest(engine: Engine, request: DigestRequest): Promise<DigestDecided> {
  const { store, tenantId } = engine;
  const kept = await store.get(tenantId, 'digest', request.digestId);
  if (kept?.body.userId !== request.userId) return { kind: 'unknown' };
  if (request.outcome === 'rejected' && !request.reason?.trim()) return { kind: 'reason-wanted' };
  const unread = (await decisionsWaiting(engine, request.userId)).filter((one) => one.wantsReading && !one.opened);
  const isUnread = (hash: string) => unread.some((one) => one.hash === hash);
  const chosen = kept.body.rows.filter(({ caseId, hash }) =>
    request.chosen === 'all' ? !isUnread(hash) : request.chosen.includes(caseId),
  );
  if (chosen.length === 0) return { kind: 'none-chosen' };
  const cases: { caseId: CaseId; came: Came }[] = [];
  for (const { caseId, hash } of chosen) {
    if (isUnread(hash)) cases.push({ caseId, came: 'unread' });
    else cases.push({ caseId, came: (await decidePart(engine, decisionOf(request, caseId, hash))).kind });
  }
  const last = await lastDigestDay(engine, request.userId);
  if (last) await store.commit({ tenantId, state: [], evidence: [], outbox: [digestMessage(request.userId, last)] });
  return { kind: 'decided', cases };
}

function decisionOf({ userId, outcome, reason }: DigestRequest, caseId: CaseId, shownHash: string) {
  return { caseId, userId, outcome, shownHash, ...(reason === undefined ? {} : { reason }) };
}
