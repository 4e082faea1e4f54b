import { houseChain } from '#domain/evidence';
import type { Membership } from '#domain/house';
import type { UserId } from '#domain/ids';
import { type Instant, plusMs } from '#domain/instant';
import type { Role } from '#domain/part';
import { membersOfRole } from '#engine/directory';
import type { Engine } from '#engine/engine';
import { evidenceEntry } from '#engine/evidence-entry';
import type { HouseDuty } from '#engine/house-duty';
import { houseMessage } from '#engine/keys';
import type { OutboxMessage } from '#engine/ports/store';
import { sentHouseMessages } from '#engine/sent-house-messages';

const deciding: readonly Role[] = ['hr', 'approvers', 'itLeadership', 'it'];

/**
 * Who sits in the groups that decide, and since when. Whoever joins one is told to its other members, one by one, and decides nothing
 * elevated for a while. A group that cannot be read keeps what was last known of it; the others are looked at all the same.
 */
export const watchDeciders: HouseDuty = {
  name: 'deciders',
  everyMs: 60_000,
  async act(engine) {
    if (engine.observe) return;
    for (const role of deciding)
      await lookAt(engine, role).catch((error: unknown) => engine.report(`reading who is in ${role}`, error));
  },
};

async function lookAt(engine: Engine, role: Role): Promise<void> {
  const { store, tenantId } = engine;
  const known = await store.get(tenantId, 'membership', role);
  const now = engine.clock.tenantNow();
  const present = (await membersOfRole(engine.graph, engine.policy, role)).map(({ userId }) => userId);
  const before = known?.body.members ?? [];
  const joined = known ? present.filter((userId) => !before.some((member) => member.userId === userId)) : [];
  const left = before.filter(({ userId }) => !present.includes(userId));
  if (known && joined.length === 0 && left.length === 0) return;
  const body: Membership = {
    role,
    readAt: now,
    members: present.map((userId) => ({
      userId,
      since: before.find((member) => member.userId === userId)?.since ?? (known ? now : establishedBy(engine, now)),
    })),
  };
  // Another instance that wrote first has told of it.
  await store.commit({
    tenantId,
    state: [{ collection: 'membership', key: role, expect: known?.version ?? 0, body }],
    evidence: await Promise.all([
      ...(known ? [] : [entry(engine, 'deciders.known', { role, userIds: present })]),
      ...joined.map((userId) => entry(engine, 'decider.joined', { role, userId })),
      ...left.map(({ userId }) => entry(engine, 'decider.left', { role, userId })),
    ]),
    outbox: [
      ...joined.flatMap((userId) => told(role, { role, userId, since: now }, present, joined)),
      ...(await Promise.all(left.map(({ userId, since }) => corrected(engine, { role, userId, since })))).flat(),
    ],
  });
}

/** The other members; where there are none, those who lead IT. */
function told(
  role: Role,
  joined: Joined,
  present: readonly UserId[],
  newcomers: readonly UserId[],
): readonly OutboxMessage[] {
  const others = present.filter((userId) => !newcomers.includes(userId));
  const audiences =
    others.length === 0 && role !== 'itLeadership' ? ['role/itLeadership'] : others.map((id) => `person/${id}`);
  return audiences.map((audience) => houseMessage(audience, 'newcomer', newcomerId(joined)));
}

/** Whoever was told that somebody joined sees that they left. */
async function corrected(engine: Engine, left: Joined): Promise<readonly OutboxMessage[]> {
  return sentHouseMessages(engine, 'newcomer', newcomerId(left));
}

/** At the first look everybody counts as having been there: Latchkey was, after all, set up with these groups. */
function establishedBy(engine: Engine, now: Instant): Instant {
  return plusMs(now, -engine.policy.decisions.newcomerHours * 3_600_000);
}

function entry(engine: Engine, type: string, data: { readonly [key: string]: string | readonly string[] }) {
  return evidenceEntry(engine, { caseId: houseChain, type, actor: { kind: 'clock' }, data });
}

interface Joined {
  readonly role: Role;
  readonly userId: UserId;
  readonly since: Instant;
}

/** Somebody who leaves and joins again is told of again. */
function newcomerId({ role, userId, since }: Joined): string {
  return [role, userId, since].join('/');
}

/** What a message about a newcomer is about; `undefined`: not such an id. */
export function readNewcomerId(id: string): Joined | undefined {
  const [role, userId, since] = id.split('/');
  const known = deciding.find((name) => name === role);
  return known && userId && since ? { role: known, userId, since } : undefined;
}
