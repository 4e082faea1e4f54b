import { z } from 'zod';
import type { StepContext } from '#engine/step';

/** One assignment of one SKU to the person: direct, or through a group. The same SKU may come both ways. */
export interface Licence {
  readonly skuId: string;
  /** `SPB`, `SPE_E3`; the skuId where Entra does not say. */
  readonly skuPartNumber: string;
  /** Id of the group it comes from; none: assigned to the person. */
  readonly assignedByGroup?: string;
  readonly disabledPlans: readonly string[];
  /** It is active and its mailbox plan is switched on: taking the last of these away takes a regular mailbox with it. */
  readonly carriesMailbox: boolean;
}

const user = z.object({
  licenseAssignmentStates: z
    .object({
      skuId: z.string(),
      assignedByGroup: z.string().nullish(),
      disabledPlans: z.string().array().nullish(),
      state: z.string().nullish(),
    })
    .array()
    .nullish(),
});

const details = z.object({
  skuId: z.string(),
  skuPartNumber: z.string().nullish(),
  servicePlans: z.object({ servicePlanId: z.string(), servicePlanName: z.string().nullish() }).array().nullish(),
});

/** EXCHANGE_S_FOUNDATION stands in nearly every SKU and holds no mailbox; the archive add-on needs another licence below it. */
function isMailboxPlan(name: string): boolean {
  return name.startsWith('EXCHANGE_') && !/FOUNDATION|ARCHIVE/.test(name);
}

export type LicenceAssignment = Omit<Licence, 'skuPartNumber' | 'carriesMailbox'> & { readonly failed: boolean };

/**
 * Reads every licence assignment of the person (User.Read.All), those that failed for want of a seat included.
 * https://learn.microsoft.com/graph/api/resources/licenseassignmentstate
 */
export async function readLicenceAssignments({ graph, userId }: StepContext): Promise<readonly LicenceAssignment[]> {
  const read = await graph.get(`/users/${userId}?$select=licenseAssignmentStates`, user);
  return (read.licenseAssignmentStates ?? []).map(({ skuId, assignedByGroup, disabledPlans, state }) => ({
    skuId,
    disabledPlans: disabledPlans ?? [],
    failed: state === 'Error',
    ...(assignedByGroup ? { assignedByGroup } : {}),
  }));
}

/** The same with what each SKU is called and whether it carries a mailbox (LicenseAssignment.Read.All or User.Read.All). */
export async function readLicences(ctx: StepContext): Promise<readonly Licence[]> {
  const [assignments, skus] = await Promise.all([
    readLicenceAssignments(ctx),
    ctx.graph.list(`/users/${ctx.userId}/licenseDetails?$select=skuId,skuPartNumber,servicePlans`, details),
  ]);
  return assignments.map(({ failed, ...assignment }) => {
    const sku = skus.find((candidate) => candidate.skuId === assignment.skuId);
    const plans = (sku?.servicePlans ?? []).filter((plan) => !assignment.disabledPlans.includes(plan.servicePlanId));
    return {
      ...assignment,
      skuPartNumber: sku?.skuPartNumber ?? assignment.skuId,
      carriesMailbox: !failed && plans.some(({ servicePlanName }) => isMailboxPlan(servicePlanName ?? '')),
    };
  });
}
