import { CmdletFailure, objectNotFound } from '#sandbox/exchange/cmdlet';
import { initialDomain } from '#sandbox/firm/ids';
import { isUnified } from '#sandbox/graph/group-resource';
import { recipientName } from '#sandbox/tenant/licences';
import { type Group, type JsonObject, type Mailbox, textOf, type User, type World } from '#sandbox/tenant/world';

const addresses = (holder: User | Group): readonly string[] => {
  const list = holder.properties['proxyAddresses'];
  return Array.isArray(list) ? list.map(String) : [];
};

/** Everything by which Exchange knows an object: id, address, alias, UPN, distinguished name. */
function namesOf(holder: User | Group): readonly string[] {
  const smtp = addresses(holder).map((address) => address.replace(/^smtp:/i, ''));
  const alias = textOf(holder, 'mailNickname');
  return [holder.id, alias, textOf(holder, 'userPrincipalName'), distinguishedName(alias), ...smtp].map((name) =>
    name.toLowerCase(),
  );
}

const distinguishedName = (alias: string): string =>
  `CN=${alias},OU=${initialDomain},OU=Microsoft Exchange Hosted Organizations,DC=GBRP265A004,DC=PROD,DC=OUTLOOK,DC=COM`;

/** By id, address, alias or UPN; a display name works too as long as one only has it. */
function resolve<T extends User | Group>(candidates: readonly T[], identity: string): T {
  const wanted = identity.replace(/^smtp:/i, '').toLowerCase();
  const exact = candidates.find((candidate) => namesOf(candidate).includes(wanted));
  if (exact !== undefined) return exact;
  const named = candidates.filter((candidate) => textOf(candidate, 'displayName').toLowerCase() === wanted);
  if (named.length > 1) {
    throw new CmdletFailure(
      400,
      'Microsoft.Exchange.Configuration.Tasks.ManagementObjectAmbiguousException',
      `The operation couldn't be performed because '${identity}' matches multiple entries.`,
    );
  }
  const [only] = named;
  if (only === undefined) throw objectNotFound(identity);
  return only;
}

const live = (world: World): readonly User[] =>
  Object.values(world.users).filter((user) => user.deletedDateTime === null);

export const findUserRecipient = (world: World, identity: string): User => resolve(live(world), identity);

/** Distribution lists and mail-enabled security groups; Microsoft 365 groups are other objects to Exchange. */
export const lists = (world: World): readonly Group[] =>
  Object.values(world.groups).filter((group) => group.properties['mailEnabled'] === true && !isUnified(group));

export const findList = (world: World, identity: string): Group => resolve(lists(world), identity);

export interface MailboxOwner {
  readonly mailbox: Mailbox;
  readonly user: User;
}

export function mailboxOwners(world: World, state: Mailbox['state']): readonly MailboxOwner[] {
  return live(world).flatMap((user) => {
    const mailbox = world.mailboxes[user.id];
    return mailbox?.state === state ? [{ mailbox, user }] : [];
  });
}

/** A mailbox that is there: one that was disabled with its licence is not found any more. */
export function findMailbox(world: World, identity: string, state: Mailbox['state'] = 'active'): MailboxOwner {
  const owners = mailboxOwners(world, state);
  const user = resolve(
    owners.map((owner) => owner.user),
    identity,
  );
  const owner = owners.find((candidate) => candidate.user === user);
  if (owner === undefined) throw objectNotFound(identity);
  return owner;
}

/** How Exchange writes a trustee: the UPN, or the account name for what is no user. */
export function trusteeName(world: World, trustee: string): string {
  const user = world.users[trustee];
  return user === undefined ? trustee : textOf(user, 'userPrincipalName');
}

export const userRecipientName = (world: World, id: string): string => {
  const user = world.users[id];
  return user === undefined ? id : recipientName(user);
};

/** What all recipients have in common. */
export function recipientBasics(holder: User | Group): JsonObject {
  const name = textOf(holder, 'mailNickname');
  return {
    Identity: name,
    Name: name,
    Alias: name,
    DisplayName: textOf(holder, 'displayName'),
    DistinguishedName: distinguishedName(name),
    PrimarySmtpAddress: textOf(holder, 'mail'),
    EmailAddresses: addresses(holder),
    ExternalDirectoryObjectId: holder.id,
  };
}
