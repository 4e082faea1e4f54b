import {
  type Cmdlet,
  CmdletFailure,
  type Invocation,
  isSet,
  optional,
  required,
  several,
  taskFailure,
} from '#sandbox/exchange/cmdlet';
import {
  findMailbox,
  findUserRecipient,
  lists,
  type MailboxOwner,
  mailboxOwners,
  recipientBasics,
  userRecipientName,
} from '#sandbox/exchange/recipients';
import { isObject } from '#sandbox/http/call';
import { MalformedExpression } from '#sandbox/query/boolean-grammar';
import { parseDashFilter } from '#sandbox/query/dash-filter';
import { effectivePlans } from '#sandbox/tenant/licences';
import { type Json, type JsonObject, type Mailbox, textOf, type World, withMailbox } from '#sandbox/tenant/world';

function mailboxRow(world: World, { mailbox, user }: MailboxOwner): JsonObject {
  return {
    ...recipientBasics(user),
    UserPrincipalName: textOf(user, 'userPrincipalName'),
    Guid: mailbox.exchangeGuid,
    ExchangeGuid: mailbox.exchangeGuid,
    RecipientType: 'UserMailbox',
    RecipientTypeDetails: mailbox.type,
    IsShared: mailbox.type === 'SharedMailbox',
    AccountDisabled: user.properties['accountEnabled'] !== true,
    IsDirSynced: user.activeDirectoryEnabled !== null,
    HiddenFromAddressListsEnabled: mailbox.hiddenFromAddressLists,
    ForwardingAddress: mailbox.forwardingAddress === null ? null : userRecipientName(world, mailbox.forwardingAddress),
    ForwardingSmtpAddress: mailbox.forwardingSmtpAddress === null ? null : `smtp:${mailbox.forwardingSmtpAddress}`,
    DeliverToMailboxAndForward: mailbox.deliverToMailboxAndForward,
    LitigationHoldEnabled: mailbox.litigationHold,
    LitigationHoldDuration: 'Unlimited',
    ArchiveStatus: 'None',
    GrantSendOnBehalfTo: mailbox.grantSendOnBehalfTo.map((id) => userRecipientName(world, id)),
    IsSoftDeletedByDisable: mailbox.state === 'softDeleted',
  };
}

function filtered(invocation: Invocation, rows: readonly JsonObject[]): readonly JsonObject[] {
  const filter = optional(invocation, 'Filter');
  if (filter === undefined) return rows;
  try {
    return rows.filter(parseDashFilter(filter, '-'));
  } catch (error) {
    if (!(error instanceof MalformedExpression)) throw error;
    throw new CmdletFailure(
      400,
      'System.Management.Automation.ParameterBindingException',
      `Cannot bind parameter 'Filter': ${error.message}`,
    );
  }
}

function limited(invocation: Invocation, rows: readonly JsonObject[]): readonly JsonObject[] {
  const size = Number(invocation.parameters['ResultSize'] ?? 1000);
  return Number.isNaN(size) ? rows : rows.slice(0, size);
}

const getMailbox: Cmdlet = {
  name: 'Get-Mailbox',
  parameters: ['Identity', 'ResultSize', 'Filter', 'RecipientTypeDetails', 'SoftDeletedMailbox'],
  run: (invocation) => {
    const world = invocation.tenant.view('exchange');
    const state = isSet(invocation, 'SoftDeletedMailbox') ? 'softDeleted' : 'active';
    const identity = optional(invocation, 'Identity');
    if (identity !== undefined) return [mailboxRow(world, findMailbox(world, identity, state))];
    const kinds = several(invocation.parameters['RecipientTypeDetails']);
    const rows = mailboxOwners(world, state)
      .filter(({ mailbox }) => kinds.length === 0 || kinds.includes(mailbox.type))
      .map((owner) => mailboxRow(world, owner));
    return limited(invocation, filtered(invocation, rows));
  },
};

const types: Readonly<Record<string, Mailbox['type']>> = {
  regular: 'UserMailbox',
  shared: 'SharedMailbox',
  room: 'RoomMailbox',
  equipment: 'EquipmentMailbox',
};

/** A plain list replaces; `{"@odata.type": "#Exchange.GenericHashTable", "add": …, "remove": …}` changes. */
function changedList(world: World, current: readonly string[], value: Json): readonly string[] {
  const ids = (part: Json | undefined): readonly string[] =>
    several(part).map((identity) => findUserRecipient(world, identity).id);
  if (!isObject(value)) return ids(value);
  const removed = ids(value['remove']);
  const added = ids(value['add']).filter((id) => !current.includes(id));
  return [...current.filter((id) => !removed.includes(id)), ...added];
}

type Setter = (world: World, owner: MailboxOwner, value: Json) => Partial<Mailbox>;

const text = (value: Json): string | null => (typeof value === 'string' && value !== '' ? value : null);

const setters: Readonly<Record<string, Setter>> = {
  Type: (_world, _owner, value) => {
    const type = types[String(value).toLowerCase()];
    if (type === undefined)
      throw taskFailure(
        `Cannot process argument transformation on parameter 'Type'. Cannot convert value "${String(value)}".`,
      );
    return { type };
  },
  ForwardingAddress: (world, _owner, value) => {
    const identity = text(value);
    return { forwardingAddress: identity === null ? null : findUserRecipient(world, identity).id };
  },
  ForwardingSmtpAddress: (_world, _owner, value) => ({
    forwardingSmtpAddress: text(value)?.replace(/^smtp:/i, '') ?? null,
  }),
  DeliverToMailboxAndForward: (_world, _owner, value) => ({ deliverToMailboxAndForward: value === true }),
  HiddenFromAddressListsEnabled: (_world, { user }, value) => {
    if (user.activeDirectoryEnabled !== null) {
      throw taskFailure(
        `The operation on mailbox "${textOf(user, 'mailNickname')}" failed because it's out of the current user's write scope. The action 'Set-Mailbox', 'HiddenFromAddressListsEnabled', can't be performed on the object '${textOf(user, 'mailNickname')}' because the object is being synchronized from your on-premises organization. This action should be performed on the object in your on-premises organization.`,
      );
    }
    return { hiddenFromAddressLists: value === true };
  },
  LitigationHoldEnabled: (_world, { user }, value) => {
    const planTwo = effectivePlans(user).some((plan) => plan.name === 'EXCHANGE_S_ENTERPRISE');
    if (value === true && !planTwo) {
      throw taskFailure("Your Exchange Online license doesn't permit you to put a litigation hold on this mailbox.");
    }
    return { litigationHold: value === true };
  },
  GrantSendOnBehalfTo: (world, { mailbox }, value) => ({
    grantSendOnBehalfTo: changedList(world, mailbox.grantSendOnBehalfTo, value),
  }),
};

const setMailbox: Cmdlet = {
  name: 'Set-Mailbox',
  parameters: ['Identity', 'Confirm', 'Force', ...Object.keys(setters)],
  run: (invocation) => {
    const { tenant, parameters } = invocation;
    const world = tenant.truth();
    const owner = findMailbox(world, required(invocation, 'Identity'));
    const changes = Object.entries(setters).flatMap(([name, set]) => {
      const value = parameters[name];
      return value === undefined ? [] : [set(world, owner, value)];
    });
    const next: Mailbox = Object.assign({ ...owner.mailbox }, ...changes);
    if (JSON.stringify(next) === JSON.stringify(owner.mailbox)) {
      const name = textOf(owner.user, 'mailNickname');
      invocation.warn(`The command completed successfully but no settings of '${name}' have been modified.`);
      return [];
    }
    tenant.write(withMailbox(world, next));
    return [];
  },
};

const getMailboxStatistics: Cmdlet = {
  name: 'Get-MailboxStatistics',
  parameters: ['Identity'],
  run: (invocation) => {
    const world = invocation.tenant.view('exchange');
    const { mailbox, user } = findMailbox(world, required(invocation, 'Identity'));
    const gigabytes = (mailbox.sizeBytes / 1024 ** 3).toFixed(2);
    return [
      {
        DisplayName: textOf(user, 'displayName'),
        MailboxGuid: mailbox.exchangeGuid,
        ItemCount: mailbox.itemCount,
        TotalItemSize: `${gigabytes} GB (${mailbox.sizeBytes.toLocaleString('en-US')} bytes)`,
        DeletedItemCount: 0,
        MailboxTypeDetail: mailbox.type,
      },
    ];
  },
};

const getRecipient: Cmdlet = {
  name: 'Get-Recipient',
  parameters: ['Identity', 'Filter', 'ResultSize', 'RecipientTypeDetails'],
  run: (invocation) => {
    const world = invocation.tenant.view('exchange');
    const owners = mailboxOwners(world, 'active');
    const mailboxes = owners.map(
      (owner): JsonObject => ({
        ...recipientBasics(owner.user),
        RecipientType: 'UserMailbox',
        RecipientTypeDetails: owner.mailbox.type,
      }),
    );
    const groups = lists(world).map((group): JsonObject => {
      const type =
        group.properties['securityEnabled'] === true ? 'MailUniversalSecurityGroup' : 'MailUniversalDistributionGroup';
      return { ...recipientBasics(group), RecipientType: type, RecipientTypeDetails: type };
    });
    const identity = optional(invocation, 'Identity');
    const kinds = several(invocation.parameters['RecipientTypeDetails']);
    if (identity !== undefined) return [rowOf([...mailboxes, ...groups], identity)];
    const rows = [...mailboxes, ...groups].filter(
      (row) => kinds.length === 0 || kinds.includes(String(row['RecipientTypeDetails'])),
    );
    return limited(invocation, filtered(invocation, rows));
  },
};

function rowOf(rows: readonly JsonObject[], identity: string): JsonObject {
  const wanted = identity.toLowerCase();
  const keys = ['ExternalDirectoryObjectId', 'PrimarySmtpAddress', 'Alias', 'DistinguishedName', 'DisplayName'];
  const row = rows.find((candidate) => keys.some((key) => String(candidate[key]).toLowerCase() === wanted));
  if (row === undefined)
    throw taskFailure(`The operation couldn't be performed because object '${identity}' couldn't be found.`);
  return row;
}

export const mailboxCmdlets: readonly Cmdlet[] = [getMailbox, setMailbox, getMailboxStatistics, getRecipient];
