import { expect } from 'chai';
import { hour, minute, oneCase } from './one-case.js';

const objects = ['account', 'grant', 'mailbox', 'licence'];

describe('[unit] engine/silence', () => {
  it('takes the default when the manager says nothing until access ends', async () => {
    const one = await oneCase(objects, { onSilence: 'take-default' });
    await one.pass(2 * hour - minute);
    expect((await one.state()).decisions.some((d) => d.decidedBy === 'clock')).to.equal(false);
    await one.pass(10 * minute);
    const byClock = (await one.state()).decisions.filter((d) => d.decidedBy === 'clock');
    expect(byClock.map((d) => d.requirementId)).to.deep.equal(['manager-decides']);
    expect((await one.state()).record.milestones.completedAt).to.be.a('string');
  });

  it('closes access and waits with an owner where policy says wait', async () => {
    const one = await oneCase(objects, { onSilence: 'wait-and-escalate' });
    await one.pass(2 * hour + 10 * minute);
    const state = await one.state();
    expect(state.record.milestones.accessClosedAt).to.be.a('string');
    expect(state.record.milestones.completedAt).to.equal(undefined);
    expect((await one.open()).map((e) => e.code)).to.deep.equal(['latchkey.nobody-decided']);
    expect(one.tenant.truth('grant-1')).to.equal('on');
  });

  it('closes that exception in the name of whoever decides', async () => {
    const one = await oneCase(objects, { onSilence: 'wait-and-escalate' });
    await one.pass(2 * hour + 10 * minute);
    expect(await one.decide('manager')).to.equal('decided');
    await one.pass(10 * minute);
    expect((await one.state()).exceptions.map((e) => e.resolution?.by)).to.deep.equal(['manager']);
    expect((await one.state()).record.milestones.completedAt).to.be.a('string');
  });

  it('asks again when somebody closes the question without an answer: the case never waits for nobody', async () => {
    const one = await oneCase(objects, { onSilence: 'wait-and-escalate' });
    await one.pass(2 * hour + 10 * minute);
    expect(await one.resolve('it1', { note: 'talked to them' })).to.equal('taken');
    await one.pass(5 * minute);
    expect((await one.open()).map((e) => [e.exceptionId, e.code])).to.deep.equal([['2', 'latchkey.nobody-decided']]);
  });

  it('uses up a retry of a question, so that it can be closed later', async () => {
    const one = await oneCase(objects, { onSilence: 'wait-and-escalate' });
    await one.pass(2 * hour + 10 * minute);
    expect(await one.resolve('it1', 'retry')).to.equal('taken');
    await one.pass(5 * minute);
    expect(await one.resolve('it1', 'retry')).to.equal('taken');
  });

  it('lets no objection of the manager keep access open', async () => {
    const one = await oneCase(objects);
    await one.pass(minute);
    expect(await one.decide('manager', 'rejected')).to.equal('decided');
    await one.pass(2 * hour + 10 * minute);
    expect((await one.change('account-0'))?.status).to.equal('confirmed');
    expect(one.tenant.truth('grant-1')).to.equal('on');
    expect((await one.open()).map((e) => [e.code, e.changeKey])).to.deep.equal([
      ['latchkey.held', 'sim.remove-licence:licence-3'],
    ]);
  });
});
