import assert from 'node:assert/strict';
import { isFailure } from '#domain/failure';
import { groups, people } from '#sandbox/firm/ids';
import { leaveLicenceGroups } from '#steps/groups/leave-licence-groups';
import { removeLicences } from '#steps/licenses/remove-licences';
import { skuName } from '#steps/licenses/sku-names';
import { convertToShared } from '#steps/mailbox/convert-to-shared';
import { disableAccount } from '#steps/users/disable-account';
import { changesOf, perform, settled } from '../contracts/step.js';
import { startTestTenant, type TestTenant } from './tenant.js';

interface Truth {
  readonly mailbox: { readonly state: string; readonly type: string };
  readonly licences: readonly string[];
}

const isTruth = (value: unknown): value is Truth => typeof value === 'object' && value !== null && 'mailbox' in value;

describe('[unit] steps/licenses and licence groups: nobody loses a mailbox', () => {
  let tenant: TestTenant;

  async function truthOf(userId: string): Promise<Truth> {
    const truth = await tenant.truth(userId);
    assert.ok(isTruth(truth));
    return truth;
  }

  before(async () => {
    tenant = await startTestTenant();
  });

  beforeEach(() => tenant.reset());

  after(() => tenant.close());

  for (const [step, userId] of [
    [removeLicences, people.alexMorgan],
    [leaveLicenceGroups, people.licensedThroughGroup],
  ] as const) {
    it(`${step.id} sends nothing while a regular mailbox stands`, async () => {
      const ctx = tenant.context(userId);
      const [change] = changesOf(await step.plan(ctx, null));
      assert.ok(change);
      const before = await truthOf(userId);
      const refused = (error: unknown) =>
        isFailure(error, 'refused') && error.detail.code === 'latchkey.mailbox-not-shared';
      await assert.rejects(step.apply(ctx, change), refused);
      assert.deepEqual(await truthOf(userId), before);
    });
  }

  it('proves the licence of a rule that drops blocked accounts to be gone, and the shared mailbox to live on', async () => {
    const userId = people.licensedThroughDynamicGroup;
    const ctx = tenant.context(userId);
    const [change] = changesOf(await leaveLicenceGroups.plan(ctx, null));
    assert.equal(change?.target.id, groups.licenceEngineering);
    assert.deepEqual(change.alsoAfter, ['users.disable-account']);
    await perform(convertToShared, ctx);
    await leaveLicenceGroups.apply(ctx, change);
    assert.equal((await leaveLicenceGroups.verify(ctx, change)).outcome, 'pending');
    await perform(disableAccount, ctx);
    await settled(leaveLicenceGroups, ctx, change);
    const truth = await truthOf(userId);
    assert.deepEqual(truth.licences, []);
    assert.deepEqual([truth.mailbox.type, truth.mailbox.state], ['SharedMailbox', 'active']);
    assert.ok('reverse' in leaveLicenceGroups.undo);
    assert.ok('blocked' in (await leaveLicenceGroups.undo.reverse(ctx, change)));
  });

  it('keeps the licence of a mailbox that is too large to live without, and gives the others back', async () => {
    const planned = await removeLicences.plan(tenant.context(people.headOfFinance), null);
    const blocked = planned.find((item) => item.kind === 'blocked');
    assert.ok(blocked?.kind === 'blocked');
    assert.equal(blocked.code, 'latchkey.shared-mailbox-needs-licence');
    assert.match(blocked.saw, /62\.0 GB/);
    assert.deepEqual(
      changesOf(planned).map(({ target }) => target.displayName),
      ['Power BI Pro'],
    );
  });

  it('gives back the licence of somebody who has no mailbox', async () => {
    const changes = await perform(removeLicences, tenant.context(people.withoutMailbox));
    assert.deepEqual(
      changes.map(({ target }) => target.displayName),
      ['Power Automate Free'],
    );
  });

  it('makes no regular mailbox where no licence carries it', async () => {
    const ctx = tenant.context(people.alexMorgan);
    const [conversion] = await perform(convertToShared, ctx);
    await perform(removeLicences, ctx);
    assert.ok(conversion);
    const back = { ...conversion, before: conversion.after, after: conversion.before };
    const refused = (error: unknown) =>
      isFailure(error, 'refused') && error.detail.code === 'latchkey.mailbox-needs-licence';
    await assert.rejects(convertToShared.apply(ctx, back), refused);
  });

  it('names a SKU that is in no table by its part number, readable', () => {
    assert.equal(skuName('SPB'), 'Microsoft 365 Business Premium');
    assert.equal(skuName('NEW_THING_2'), 'NEW THING 2');
  });
});
