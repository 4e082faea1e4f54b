import { type Cmdlet, CmdletFailure, type Invocation, isSet, optional, required } from '#sandbox/exchange/cmdlet';
import { findList, findUserRecipient, lists, recipientBasics, userRecipientName } from '#sandbox/exchange/recipients';
import { type Group, type JsonObject, textOf, type User, type World, withGroup } from '#sandbox/tenant/world';

function listRow(world: World, group: Group): JsonObject {
  const secured = group.properties['securityEnabled'] === true;
  return {
    ...recipientBasics(group),
    GroupType: secured ? 'Universal, SecurityEnabled' : 'Universal',
    RecipientType: secured ? 'MailUniversalSecurityGroup' : 'MailUniversalDistributionGroup',
    RecipientTypeDetails: secured ? 'MailUniversalSecurityGroup' : 'MailUniversalDistributionGroup',
    ManagedBy: group.ownerIds.map((id) => userRecipientName(world, id)),
    IsDirSynced: group.properties['onPremisesSyncEnabled'] === true,
    HiddenFromAddressListsEnabled: false,
    MemberJoinRestriction: 'Closed',
    MemberDepartRestriction: secured ? 'Closed' : 'Open',
  };
}

const getDistributionGroup: Cmdlet = {
  name: 'Get-DistributionGroup',
  parameters: ['Identity', 'ResultSize'],
  run: (invocation) => {
    const world = invocation.tenant.view('exchange');
    const identity = optional(invocation, 'Identity');
    const found = identity === undefined ? lists(world) : [findList(world, identity)];
    return found.map((group) => listRow(world, group));
  },
};

const getMembers: Cmdlet = {
  name: 'Get-DistributionGroupMember',
  parameters: ['Identity', 'ResultSize'],
  run: (invocation) => {
    const world = invocation.tenant.view('exchange');
    const group = findList(world, required(invocation, 'Identity'));
    return group.memberIds.flatMap((id) => {
      const user = world.users[id];
      if (user === undefined || user.deletedDateTime !== null) return [];
      const type = world.mailboxes[id]?.type ?? 'User';
      return [
        {
          ...recipientBasics(user),
          RecipientType: type === 'User' ? 'User' : 'UserMailbox',
          RecipientTypeDetails: type,
        },
      ];
    });
  },
};

interface Target {
  readonly world: World;
  readonly group: Group;
  readonly member: User;
}

/** The list and the member to change. The app manages no list: without the bypass Exchange refuses it. */
function targetOf(invocation: Invocation, action: string): Target {
  const world = invocation.tenant.truth();
  const group = findList(world, required(invocation, 'Identity'));
  const member = findUserRecipient(world, required(invocation, 'Member'));
  if (group.properties['onPremisesSyncEnabled'] === true) {
    throw new CmdletFailure(
      400,
      'Microsoft.Exchange.Data.Directory.ADInvalidOperationException',
      `The action '${action}', 'Members', can't be performed on the object '${textOf(group, 'displayName')}' because the object is being synchronized from your on-premises organization. This action should be performed on the object in your on-premises organization.`,
    );
  }
  if (!isSet(invocation, 'BypassSecurityGroupManagerCheck')) {
    throw new CmdletFailure(
      400,
      'Microsoft.Exchange.Management.Tasks.OperationRequiresGroupManagerException',
      "You don't have sufficient permissions. This operation can only be performed by a manager of the group.",
    );
  }
  return { world, group, member };
}

const parameters = ['Identity', 'Member', 'BypassSecurityGroupManagerCheck', 'Confirm'];

const addMember: Cmdlet = {
  name: 'Add-DistributionGroupMember',
  parameters,
  run: (invocation) => {
    const { world, group, member } = targetOf(invocation, 'Add-DistributionGroupMember');
    if (group.memberIds.includes(member.id)) {
      throw new CmdletFailure(
        400,
        'Microsoft.Exchange.Management.Tasks.MemberAlreadyExistsException',
        `The recipient "${textOf(member, 'mailNickname')}" is already a member of the group "${textOf(group, 'mailNickname')}".`,
      );
    }
    invocation.tenant.write(withGroup(world, { ...group, memberIds: [...group.memberIds, member.id] }));
    return [];
  },
};

const removeMember: Cmdlet = {
  name: 'Remove-DistributionGroupMember',
  parameters,
  run: (invocation) => {
    const { world, group, member } = targetOf(invocation, 'Remove-DistributionGroupMember');
    if (!group.memberIds.includes(member.id)) {
      throw new CmdletFailure(
        400,
        'Microsoft.Exchange.Management.Tasks.MemberNotFoundException',
        `The recipient "${textOf(member, 'mailNickname')}" isn't a member of the group "${textOf(group, 'mailNickname')}".`,
      );
    }
    const memberIds = group.memberIds.filter((id) => id !== member.id);
    invocation.tenant.write(withGroup(world, { ...group, memberIds }));
    return [];
  },
};

export const distributionCmdlets: readonly Cmdlet[] = [getDistributionGroup, getMembers, addMember, removeMember];
