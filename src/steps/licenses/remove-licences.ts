import { z } from 'zod';
import { reverseChange } from '#domain/reverse-change';
import type { Planned, Step } from '#engine/step';
import { skuName } from '#steps/licenses/sku-names';
import { readMailbox, refuseWhileRegular } from '#steps/mailbox/read-mailbox';
import { readWhyLicenceStays } from '#steps/mailbox/read-mailbox-limits';
import { type Licence, readLicenceAssignments, readLicences } from '#steps/users/read-licences';

const id = 'licenses.remove-licences';

const wantedState = z.object({ assigned: z.boolean(), disabledPlans: z.string().array() });

function plannedFor(licence: Licence, whyLicenceStays: string | undefined): Planned {
  const key = `${id}:${licence.skuId}`;
  const target = { kind: 'license', id: licence.skuId, displayName: skuName(licence.skuPartNumber) } as const;
  if (whyLicenceStays && licence.carriesMailbox) {
    return {
      kind: 'blocked',
      key,
      target,
      code: 'latchkey.shared-mailbox-needs-licence',
      title: `${target.displayName} stays`,
      saw: `The mailbox keeps its licence even when it is shared: ${whyLicenceStays}.`,
      advice: 'Archive or export the mail, or decide to keep the licence, then Retry or say Done by hand.',
    };
  }
  const { disabledPlans } = licence;
  const before = { assigned: true, disabledPlans };
  return { kind: 'change', change: { key, target, before, after: { assigned: false, disabledPlans } } };
}

/**
 * Gives back the licences that are assigned to the person directly, one change a SKU, last of all. An inherited SKU cannot be
 * taken away here: it goes with its group (`groups.leave-licence-groups`), and naming one would refuse the whole call.
 * https://learn.microsoft.com/graph/api/user-assignlicense
 */
export const removeLicences: Step = {
  id,
  version: 1,
  permissions: ['LicenseAssignment.ReadWrite.All', 'User.Read.All', 'Exchange.ManageAsApp'],
  executor: 'graph',
  risk: 'routine',
  effect: 'set',
  proof: 'read-back',
  byHand:
    'Only when the mailbox is shared: Microsoft 365 admin centre > Users > the person > Licenses and apps: take all away',
  after: ['mailbox.convert-to-shared', 'groups.leave-licence-groups'],

  describe: ({ target, after }) =>
    wantedState.safeParse(after).data?.assigned
      ? {
          group: 'Licences',
          will: `${target.displayName} is assigned again`,
          done: `${target.displayName} is assigned again`,
        }
      : {
          group: 'Licences',
          will: `${target.displayName} returns to the pool`,
          done: `${target.displayName} is back in the pool`,
          back: `has ${target.displayName}`,
        },

  async plan(ctx) {
    const [licences, mailbox] = await Promise.all([readLicences(ctx), readMailbox(ctx)]);
    const direct = licences.filter((licence) => licence.assignedByGroup === undefined);
    if (direct.length === 0) {
      const target = { kind: 'user', id: ctx.userId, displayName: 'Licences' } as const;
      const observation = { text: 'No licence is assigned directly', data: { licences: [] } };
      return [{ kind: 'not-needed', key: `${id}:${ctx.userId}`, target, observation }];
    }
    const whyLicenceStays = mailbox && (await readWhyLicenceStays(ctx, mailbox));
    return direct.map((licence) => plannedFor(licence, whyLicenceStays));
  },

  // A licence assigned since the approval is given back too.
  covers: (_approved, now) => wantedState.safeParse(now.after).data?.assigned === false,

  async apply(ctx, change) {
    const { assigned, disabledPlans } = wantedState.parse(change.after);
    const skuId = change.target.id;
    if (!assigned) await refuseWhileRegular(ctx);
    // Both lists are mandatory, also when empty.
    const body = assigned
      ? { addLicenses: [{ skuId, disabledPlans }], removeLicenses: [] }
      : { addLicenses: [], removeLicenses: [skuId] };
    await ctx.graph.post(`/users/${ctx.userId}/assignLicense`, body, z.unknown());
    return { requestedAt: ctx.now };
  },

  async verify(ctx, change) {
    const wanted = wantedState.parse(change.after);
    const licences = await readLicenceAssignments(ctx);
    const assigned = licences.some((l) => l.skuId === change.target.id && l.assignedByGroup === undefined);
    const text = assigned ? `${change.target.displayName} is assigned` : `${change.target.displayName} is not assigned`;
    return {
      outcome: assigned === wanted.assigned ? 'confirmed' : 'pending',
      observation: { text, data: { assigned } },
    };
  },

  undo: { reverse: async (_ctx, change) => reverseChange(change) },
};
