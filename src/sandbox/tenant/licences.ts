import { exchangePlans, subscriptions } from '#sandbox/firm/subscriptions';
import { groupsOf } from '#sandbox/tenant/memberships';
import { type InheritedLicence, type Sku, textOf, type User, type World, withUser } from '#sandbox/tenant/world';

export function skuOf(skuId: string): Sku | undefined {
  return subscriptions.find((sku) => sku.skuId === skuId.toLowerCase());
}

/** SKUs that work for the user: directly assigned, or inherited without an error. */
export function effectiveSkus(user: User): readonly string[] {
  const inherited = user.inheritedLicences.filter((licence) => licence.state === 'Active');
  return [...new Set([...user.directLicences, ...inherited].map((licence) => licence.skuId))];
}

/** Service plans that work for the user: a plan disabled in one licence still works by another. */
export function effectivePlans(user: User): readonly Sku['plans'][number][] {
  const inherited = user.inheritedLicences.filter((licence) => licence.state === 'Active');
  const plans = [...user.directLicences, ...inherited].flatMap((licence) =>
    (skuOf(licence.skuId)?.plans ?? []).filter((plan) => !licence.disabledPlans.includes(plan.id)),
  );
  return plans.filter((plan, at) => plans.findIndex((other) => other.id === plan.id) === at);
}

function hasExchangePlan(user: User): boolean {
  return effectivePlans(user).some((plan) => exchangePlans.includes(plan.id));
}

export function enabledUnits(sku: Sku, seats: Readonly<Record<string, number>>): number {
  return seats[sku.skuPartNumber] ?? sku.enabled;
}

/** Seats in use: each user counts once, however often the SKU reaches them. Deleted users have given theirs back. */
export function consumedUnits(world: World, skuId: string): number {
  const users = Object.values(world.users).filter((user) => user.deletedDateTime === null);
  return users.filter((user) => effectiveSkus(user).includes(skuId)).length;
}

/**
 * Group-based licensing for one user: what each licensed group gives and what was given by groups left since. A licence that
 * no seat is left for is recorded on the user as an error, as the real service does; the membership itself stands.
 */
export function processLicences(
  world: World,
  userId: string,
  seats: Readonly<Record<string, number>>,
  now: string,
): World {
  const user = world.users[userId];
  if (user === undefined || user.deletedDateTime !== null) return world;
  const wanted = groupsOf(world, userId).flatMap((group) =>
    group.licences.map((skuId) => ({ groupId: group.id, skuId })),
  );
  let next = withUser(world, {
    ...user,
    inheritedLicences: user.inheritedLicences.filter(
      (held) =>
        held.state === 'Active' && wanted.some((want) => want.groupId === held.groupId && want.skuId === held.skuId),
    ),
  });
  for (const want of wanted) {
    const current = next.users[userId] ?? user;
    if (current.inheritedLicences.some((held) => held.groupId === want.groupId && held.skuId === want.skuId)) continue;
    const sku = skuOf(want.skuId);
    const room =
      effectiveSkus(current).includes(want.skuId) ||
      (sku !== undefined && consumedUnits(next, want.skuId) < enabledUnits(sku, seats));
    const licence: InheritedLicence = {
      ...want,
      disabledPlans: [],
      lastUpdatedDateTime: now,
      state: room ? 'Active' : 'Error',
      error: room ? 'None' : 'CountViolation',
    };
    next = withUser(next, { ...current, inheritedLicences: [...current.inheritedLicences, licence] });
  }
  return unchangedLicences(user, next.users[userId]) ? world : next;
}

function unchangedLicences(before: User, after: User | undefined): boolean {
  const key = (licence: InheritedLicence): string => `${licence.groupId} ${licence.skuId} ${licence.state}`;
  const keys = (user: User | undefined): string => (user?.inheritedLicences ?? []).map(key).sort().join();
  return keys(before) === keys(after);
}

/**
 * What a mailbox does when its owner's licences changed. A regular mailbox without an Exchange plan is disabled and its
 * content is on a 30-day clock; a shared one needs no licence. A licence given back within that time reconnects it.
 */
export function mailboxAfterLicences(world: World, userId: string): World {
  const user = world.users[userId];
  const mailbox = world.mailboxes[userId];
  if (user === undefined || mailbox === undefined) return world;
  const keeps = hasExchangePlan(user) || mailbox.type !== 'UserMailbox';
  const state = keeps ? 'active' : 'softDeleted';
  if (state === mailbox.state || (mailbox.state === 'softDeleted' && !hasExchangePlan(user))) return world;
  return { ...world, mailboxes: { ...world.mailboxes, [userId]: { ...mailbox, state } } };
}

/** The name by which Exchange's own lists know somebody: unique, and an Identity that cmdlets take. */
export const recipientName = (user: User): string => textOf(user, 'mailNickname');
