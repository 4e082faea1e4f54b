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

/**
 * Reads every licence assignment of the person (User.Read.All). Assignments that failed (no seat left) are listed too.
 * https://learn.microsoft.com/graph/api/resources/licenseassignmentstate
 */
export async function readLicences({ graph, userId }: StepContext): Promise<readonly Licence[]> {
  const [{ licenseAssignmentStates }, skus] = await Promise.all([
    graph.get(`/users/${userId}?$select=licenseAssignmentStates`, user),
    graph.list(`/users/${userId}/licenseDetails?$select=skuId,skuPartNumber,servicePlans`, details),
  ]);
  return (licenseAssignmentStates ?? []).map(({ skuId, assignedByGroup, disabledPlans, state }) => {
    const sku = skus.find((candidate) => candidate.skuId === skuId);
    const off = disabledPlans ?? [];
    const plans = (sku?.servicePlans ?? []).filter(({ servicePlanId }) => !off.includes(servicePlanId));
    return {
      skuId,
      skuPartNumber: sku?.skuPartNumber ?? skuId,
      disabledPlans: off,
      carriesMailbox: state !== 'Error' && plans.some(({ servicePlanName }) => isMailboxPlan(servicePlanName ?? '')),
      ...(assignedByGroup ? { assignedByGroup } : {}),
    };
  });
}
