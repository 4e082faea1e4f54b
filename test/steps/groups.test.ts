import assert from 'node:assert/strict';
import { Failure, isFailure } from '#domain/failure';
import type { Planned } from '#engine/step';
import { groups, people } from '#sandbox/firm/ids';
import { leaveGroups } from '#steps/groups/leave-groups';
import { leaveLists } from '#steps/groups/leave-lists';
import { changesOf } from '../contracts/step.js';
import { startTestTenant, type TestTenant } from './tenant.js';

const nobody = 'a0000000-0000-4000-8000-0000000000ff';

describe('[unit] steps/groups', () => {
  let tenant: TestTenant;
  const planFor = (userId: string) => leaveGroups.plan(tenant.context(userId), null);
  const about = (planned: readonly Planned[], groupId: string) =>
    planned.find((item) => (item.kind === 'change' ? item.change.target.id : item.target.id) === groupId);

  before(async () => {
    tenant = await startTestTenant();
  });

  after(() => tenant.close());

  it('leaves what follows a rule to the rule, and says who stays', async () => {
    const item = about(await planFor(people.leaverInIt), groups.it);
    assert.ok(item?.kind === 'not-needed');
    assert.equal(item.observation.text, 'Stays in IT: its members follow a rule');
  });

  it('asks for Active Directory where a group is mastered there', async () => {
    const item = about(await planFor(people.syncedFromActiveDirectory), groups.warehouseSynced);
    assert.ok(item?.kind === 'blocked');
    assert.equal(item.code, 'latchkey.ad-synced');
  });

  it('keeps its hands off groups that carry a licence and off lists', async () => {
    assert.equal(about(await planFor(people.licensedThroughGroup), groups.licenceBusinessPremium), undefined);
    assert.equal(about(await planFor(people.alexMorgan), groups.salesList), undefined);
    const lists = await leaveLists.plan(tenant.context(people.alexMorgan), null);
    assert.ok(about(lists, groups.q4DealsList), 'a mail-enabled security group is a list to Exchange');
  });

  it('marks a group that gives administrator roles, and names the permission that is missing for it', async () => {
    const item = about(await planFor(people.memberOfRoleAssignableGroup), groups.helpdeskAdmins);
    assert.ok(item?.kind === 'change');
    assert.match(item.change.attention ?? '', /administrator roles/);
    const ctx = tenant.context(people.memberOfRoleAssignableGroup);
    const refused = async () => {
      throw new Failure('Insufficient privileges', { kind: 'not-permitted', code: 'graph.not-permitted', status: 403 });
    };
    await assert.rejects(
      leaveGroups.apply({ ...ctx, graph: { ...ctx.graph, delete: refused } }, item.change),
      (error) => isFailure(error, 'not-permitted') && error.detail.missing === 'RoleManagement.ReadWrite.Directory',
    );
  });

  it('takes nobody for somebody who left: an unknown person is an error, no proof', async () => {
    const [change] = changesOf(await planFor(people.alexMorgan));
    assert.ok(change);
    await assert.rejects(leaveGroups.verify(tenant.context(nobody), change), (error) => isFailure(error, 'not-found'));
  });

  it('covers a group joined since the approval, and no joining', async () => {
    const [first, second] = changesOf(await planFor(people.alexMorgan));
    assert.ok(first && second);
    assert.equal(leaveGroups.covers({ intent: null, changes: [first] }, second), true);
    assert.equal(leaveGroups.covers({ intent: null, changes: [first] }, { ...first, after: first.before }), false);
  });

  it('says in one line of somebody without groups or lists that there are none', async () => {
    const [planned, ...more] = await leaveLists.plan(tenant.context(people.guest), null);
    assert.deepEqual(more, []);
    assert.ok(planned?.kind === 'not-needed');
    assert.equal(planned.observation.text, 'On no distribution list');
  });
});
