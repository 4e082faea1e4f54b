import { type Cmdlet, type Invocation, optional, required, several } from '#sandbox/exchange/cmdlet';
import { findMailbox, findUserRecipient, trusteeName } from '#sandbox/exchange/recipients';
import { recipientName } from '#sandbox/tenant/licences';
import { type Grant, type JsonObject, type Mailbox, type World, withMailbox } from '#sandbox/tenant/world';

/** Mailbox permissions (FullAccess) and recipient permissions (SendAs) differ in names and in the words for "not there". */
interface Kind {
  readonly noun: 'MailboxPermission' | 'RecipientPermission';
  readonly list: 'fullAccess' | 'sendAs';
  readonly trustee: 'User' | 'Trustee';
  readonly missing: string;
  readonly extra: readonly string[];
}

const kinds: readonly Kind[] = [
  {
    noun: 'MailboxPermission',
    list: 'fullAccess',
    trustee: 'User',
    missing: "because the ACE doesn't exist on the object.",
    extra: ['InheritanceType', 'AutoMapping', 'Deny'],
  },
  {
    noun: 'RecipientPermission',
    list: 'sendAs',
    trustee: 'Trustee',
    missing: "because the ACE isn't present.",
    extra: [],
  },
];

function row(world: World, kind: Kind, identity: string, grant: Grant): JsonObject {
  const access = { AccessRights: grant.accessRights, IsInherited: false };
  const trustee = trusteeName(world, grant.trustee);
  return kind.trustee === 'User'
    ? { Identity: identity, User: trustee, ...access, Deny: false, InheritanceType: grant.inheritanceType }
    : {
        Identity: identity,
        Trustee: trustee,
        AccessControlType: 'Allow',
        ...access,
        InheritanceType: grant.inheritanceType,
      };
}

const get = (kind: Kind): Cmdlet => ({
  name: `Get-${kind.noun}`,
  parameters: ['Identity', kind.trustee, 'ResultSize'],
  run: (invocation) => {
    const world = invocation.tenant.view('exchange');
    const { mailbox, user } = findMailbox(world, required(invocation, 'Identity'));
    const wanted = optional(invocation, kind.trustee);
    const trustee = wanted === undefined ? undefined : findUserRecipient(world, wanted).id;
    return mailbox[kind.list]
      .filter((grant) => trustee === undefined || grant.trustee === trustee)
      .map((grant) => row(world, kind, recipientName(user), grant));
  },
});

function withGrants(world: World, mailbox: Mailbox, kind: Kind, grants: readonly Grant[]): World {
  return withMailbox(world, { ...mailbox, [kind.list]: grants });
}

interface Target {
  readonly world: World;
  readonly mailbox: Mailbox;
  readonly identity: string;
  readonly trustee: string;
  readonly rights: readonly string[];
}

function targetOf(invocation: Invocation, kind: Kind): Target {
  const world = invocation.tenant.truth();
  const { mailbox, user } = findMailbox(world, required(invocation, 'Identity'));
  const trustee = findUserRecipient(world, required(invocation, kind.trustee)).id;
  return {
    world,
    mailbox,
    identity: recipientName(user),
    trustee,
    rights: several(invocation.parameters['AccessRights']),
  };
}

const add = (kind: Kind): Cmdlet => ({
  name: `Add-${kind.noun}`,
  parameters: ['Identity', kind.trustee, 'AccessRights', 'Confirm', ...kind.extra],
  run: (invocation) => {
    const { world, mailbox, identity, trustee, rights } = targetOf(invocation, kind);
    const current = mailbox[kind.list].find((grant) => grant.trustee === trustee);
    const accessRights = [...new Set([...(current?.accessRights ?? []), ...rights])];
    const inheritanceType = optional(invocation, 'InheritanceType') ?? (kind.trustee === 'User' ? 'All' : 'None');
    const grant: Grant = { trustee, accessRights, inheritanceType };
    if (current !== undefined && current.accessRights.length === accessRights.length) {
      const account = trusteeName(world, trustee);
      invocation.warn(
        `The appropriate access control entry is already present on the object "${identity}" for account "${account}".`,
      );
      return [row(world, kind, identity, current)];
    }
    const others = mailbox[kind.list].filter((other) => other !== current);
    invocation.tenant.write(withGrants(world, mailbox, kind, [...others, grant]));
    return [row(world, kind, identity, grant)];
  },
});

const remove = (kind: Kind): Cmdlet => ({
  name: `Remove-${kind.noun}`,
  parameters: ['Identity', kind.trustee, 'AccessRights', 'Confirm', ...kind.extra],
  run: (invocation) => {
    const { world, mailbox, identity, trustee, rights } = targetOf(invocation, kind);
    const current = mailbox[kind.list].find((grant) => grant.trustee === trustee);
    const left = current?.accessRights.filter((right) => !rights.includes(right)) ?? [];
    if (current === undefined || left.length === current.accessRights.length) {
      const account = trusteeName(world, trustee);
      invocation.warn(
        `Can't remove the access control entry on the object "${identity}" for account "${account}" ${kind.missing}`,
      );
      return [];
    }
    const others = mailbox[kind.list].filter((other) => other !== current);
    const grants = left.length === 0 ? others : [...others, { ...current, accessRights: left }];
    invocation.tenant.write(withGrants(world, mailbox, kind, grants));
    return [];
  },
});

export const permissionCmdlets: readonly Cmdlet[] = kinds.flatMap((kind) => [get(kind), add(kind), remove(kind)]);
