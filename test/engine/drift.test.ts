import { expect } from 'chai';
import { hour, minute, object, oneCase } from './one-case.js';

describe('[unit] engine/start-part', () => {
  it('leaves a group that was joined since: the approval covers it', async () => {
    const one = await oneCase(['account', 'group', 'licence']);
    await one.pass(minute);
    one.tenant.add('group', 'group-new', 'on');
    await one.pass(2 * hour + 5 * minute);
    const change = await one.change('group-new');
    expect(change?.status).to.equal('confirmed');
    expect(change?.partId).to.equal('access');
    expect(change?.coveredSince).to.be.a('string');
    expect(one.tenant.truth('group-new')).to.equal('off');
  });

  it('asks HR about a device that appeared since, and closes access without waiting for the answer', async () => {
    const one = await oneCase(['account', 'group', 'licence']);
    await one.pass(minute);
    one.tenant.add('device', 'device-new', 'on');
    await one.pass(2 * hour + 5 * minute);
    expect((await one.change('account-0'))?.status).to.equal('confirmed');
    expect((await one.change('device-new'))?.status).to.equal('planned');
    expect((await one.change('device-new'))?.partId).to.equal('access-added');
    expect(one.tenant.truth('device-new')).to.equal('on');
    expect((await one.state()).record.milestones.accessClosedAt).to.equal(undefined);
    expect(await one.decide('hr1')).to.equal('decided');
    await one.pass(5 * minute);
    expect((await one.change('device-new'))?.status).to.equal('confirmed');
    expect((await one.state()).record.milestones.accessClosedAt).to.be.a('string');
  });

  it('closes an account that was blocked when it was planned and that somebody enabled again', async () => {
    const one = await oneCase(['account:off', 'group', 'licence']);
    await one.pass(minute);
    expect((await one.change('account-0'))?.status).to.equal('not-needed');
    one.tenant.set('account-0', 'on');
    await one.pass(2 * hour + 5 * minute);
    expect((await one.change('account-0'))?.status).to.equal('confirmed');
    expect(one.tenant.truth('account-0')).to.equal('off');
  });

  it('records what somebody else did meanwhile as not needed, and sends nothing', async () => {
    const one = await oneCase(['account', 'group', 'licence']);
    await one.pass(minute);
    one.tenant.set('group-1', 'off');
    await one.pass(2 * hour + 5 * minute);
    expect((await one.change('group-1'))?.status).to.equal('not-needed');
    expect(object(one, 'group-1').effects).to.equal(0);
  });

  it('runs as approved what cannot be planned again, and looks again soon', async () => {
    const one = await oneCase(['account', 'group', 'licence']);
    await one.pass(minute);
    one.tenant.add('group', 'group-new', 'on');
    await one.pass(2 * hour - 2 * minute);
    one.tenant.storm = 2;
    await one.pass(70_000);
    expect((await one.state()).parts.find((p) => p.partId === 'access')?.replan?.stepIds).to.include(
      'sim.leave-groups',
    );
    expect(await one.change('group-new')).to.equal(undefined);
    one.tenant.storm = 0;
    await one.pass(5 * minute);
    expect((await one.change('group-new'))?.status).to.equal('confirmed');
    expect(await one.rows('part.planned-again')).to.have.length.greaterThan(0);
  });

  it('says so when what came since cannot be read for long', async () => {
    const one = await oneCase(['account', 'group', 'licence']);
    await one.pass(2 * hour - 10_000 - 1);
    one.tenant.storm = 2;
    await one.pass(10 * minute);
    const open = await one.open();
    expect(
      open.some((e) => e.stepId === 'sim.leave-groups' && e.title.includes('could not be planned again')),
    ).to.equal(true);
    expect(open.every((e) => e.dueAt > e.openedAt && e.owner.kind === 'role')).to.equal(true);
  });
});
