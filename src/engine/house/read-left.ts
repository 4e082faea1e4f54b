import { isFailure } from '#domain/failure';
import type { UserId } from '#domain/ids';
import type { Engine } from '#engine/engine';
import type { Shape } from '#engine/ports/graph';

/** What is not as it is when somebody has left; ids in order, so that the same state reads the same. */
export interface Left {
  readonly enabled: boolean;
  readonly licences: readonly string[];
  readonly groups: readonly string[];
  readonly forwards: boolean;
}

/** Graph takes so many values in one `in`. */
const mostAtOnce = 15;

/**
 * Everybody of these whose account is not as closed, by user id: enabled, licensed, in a group, or with a mailbox that forwards.
 * Accounts that are deleted are not there: gone is left. Reads of one turn share batches. Throws `Failure`.
 * (User.Read.All, Directory.Read.All, Exchange.ManageAsApp: as the steps.)
 */
export async function readLeft(engine: Engine, userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, Left>> {
  if (userIds.length === 0) return new Map();
  const [users, forwarding] = await Promise.all([readUsers(engine, userIds), readForwarding(engine)]);
  const groups = await Promise.all(users.map(({ id }) => readGroups(engine, id)));
  const left = users.map(({ id, enabled, licences }, index): [UserId, Left] => [
    id,
    { enabled, licences, groups: groups[index] ?? [], forwards: forwarding.has(id) },
  ]);
  return new Map(left.filter(([, one]) => one.enabled || one.forwards || one.licences.length + one.groups.length > 0));
}

interface ReadUser extends Pick<Left, 'enabled' | 'licences'> {
  readonly id: UserId;
}

async function readUsers({ graph }: Engine, userIds: readonly UserId[]): Promise<readonly ReadUser[]> {
  const pages = Array.from({ length: Math.ceil(userIds.length / mostAtOnce) }, (_, page) =>
    userIds.slice(page * mostAtOnce, (page + 1) * mostAtOnce),
  );
  const read = await Promise.all(
    pages.map((ids) => {
      const filter = encodeURIComponent(`id in (${ids.map((id) => `'${id}'`).join(',')})`);
      return graph.list(`/users?$filter=${filter}&$select=id,accountEnabled,assignedLicenses`, user);
    }),
  );
  return read.flat();
}

async function readGroups({ graph }: Engine, userId: UserId): Promise<readonly string[]> {
  try {
    const ids = await graph.list(`/users/${userId}/memberOf/microsoft.graph.group?$select=id&$top=999`, withId);
    return [...ids].sort();
  } catch (error) {
    // Deleted since the last line.
    if (isFailure(error, 'not-found')) return [];
    throw error;
  }
}

/** User ids of all mailboxes that forward, in one call. */
async function readForwarding({ exchange }: Engine): Promise<ReadonlySet<string>> {
  const { value } = await exchange.invoke(
    'Get-Mailbox',
    { Filter: 'ForwardingSmtpAddress -ne $null -or ForwardingAddress -ne $null', ResultSize: 'Unlimited' },
    mailbox,
    { select: ['ExternalDirectoryObjectId'] },
  );
  return new Set(value.flatMap((id) => (id === undefined ? [] : [id.toLowerCase()])));
}

const withId: Shape<string> = {
  parse(value) {
    const id = field(value, 'id');
    if (typeof id !== 'string') throw new TypeError('an object has an id');
    return id;
  },
};

const user: Shape<ReadUser> = {
  parse(value) {
    const licences = field(value, 'assignedLicenses');
    const skus = Array.isArray(licences) ? licences.map((licence) => String(field(licence, 'skuId'))) : [];
    // What is not told is not taken for closed.
    return { id: withId.parse(value), enabled: field(value, 'accountEnabled') !== false, licences: skus.sort() };
  },
};

const mailbox: Shape<string | undefined> = {
  parse(value) {
    const id = field(value, 'ExternalDirectoryObjectId');
    return typeof id === 'string' ? id : undefined;
  },
};

function field(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}
