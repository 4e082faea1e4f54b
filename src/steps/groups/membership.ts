import { z } from 'zod';
import { isFailure } from '#domain/failure';
import type { StepContext } from '#engine/step';

/** What a change of membership is to reach. `through`: who carries it out. */
export const membershipState = z.object({
  member: z.boolean(),
  through: z.enum(['graph', 'exchange', 'rule']),
  /** The group gives administrator roles: changing it takes a permission of its own. */
  roleAssignable: z.literal(true).optional(),
});

export type MembershipState = z.infer<typeof membershipState>;

const anything = z.unknown();

/** Adds or removes the person (GroupMember.ReadWrite.All; Exchange.ManageAsApp for lists). What follows a rule is left to the rule. */
export async function setMembership(ctx: StepContext, groupId: string, wanted: MembershipState): Promise<void> {
  if (wanted.through === 'graph') await setByGraph(ctx, groupId, wanted.member);
  if (wanted.through === 'exchange') await setByExchange(ctx, groupId, wanted.member);
}

async function setByGraph({ graph, userId }: StepContext, groupId: string, member: boolean): Promise<void> {
  if (member) {
    const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${userId}` };
    await graph.post(`/groups/${groupId}/members/$ref`, reference, anything);
    return;
  }
  // Without /$ref the call would be about the person's own directory object.
  await graph.delete(`/groups/${groupId}/members/${userId}/$ref`);
}

async function setByExchange({ exchange, userId }: StepContext, groupId: string, member: boolean): Promise<void> {
  // Latchkey manages none of the lists, and manages all: the check that the caller is a manager of the list is passed over.
  const parameters = { Identity: groupId, Member: userId, BypassSecurityGroupManagerCheck: true };
  await (member
    ? exchange.invoke('Add-DistributionGroupMember', parameters, anything)
    : exchange.invoke('Remove-DistributionGroupMember', { ...parameters, Confirm: false }, anything));
}

const idOnly = z.object({ id: z.string() });

/**
 * Whether the person is a direct member, by Graph (User.Read.All). "Not found" would also be the answer for a person Entra does
 * not know: the person is read beside it, so that this throws `not-found` instead of passing for a membership that ended.
 */
export async function isDirectMember({ graph, userId }: StepContext, groupId: string): Promise<boolean> {
  const [, membership] = await Promise.all([
    graph.get(`/users/${userId}?$select=id`, idOnly),
    graph.get(`/users/${userId}/memberOf/${groupId}?$select=id`, idOnly).catch((error: unknown) => {
      if (isFailure(error, 'not-found')) return undefined;
      throw error;
    }),
  ]);
  return membership !== undefined;
}
