import { expect } from 'chai';
import { hour, minute, type OneCase, object, oneCase } from './one-case.js';

/** The account cannot be closed: the tenant does not permit it. */
async function stuck(kinds = ['account', 'group', 'licence']): Promise<OneCase> {
  const one = await oneCase(kinds);
  object(one, 'account-0').refusal = 'not-permitted';
  await one.pass(2 * hour + 5 * minute);
  expect((await one.open()).map((e) => e.changeKey)).to.deep.equal(['sim.close-account:account-0']);
  return one;
}

describe('[unit] engine/resolve-exception', () => {
  it('holds nothing else of closing access', async () => {
    const one = await stuck();
    expect((await one.change('group-1'))?.status).to.equal('confirmed');
    expect((await one.state()).record.milestones.accessClosedAt).to.equal(undefined);
  });

  it('proves a retry by reading, in the name of whoever asked for it', async () => {
    const one = await stuck();
    object(one, 'account-0').refusal = undefined;
    expect(await one.resolve('it1', 'retry')).to.equal('taken');
    expect(await one.resolve('it1', 'retry')).to.equal('already');
    await one.pass(5 * minute);
    expect((await one.change('account-0'))?.status).to.equal('confirmed');
    expect((await one.state()).exceptions[0]?.resolution).to.include({ as: 'confirmed', by: 'it1' });
    expect((await one.state()).record.milestones.completedAt).to.be.a('string');
  });

  it('opens the same exception again when the retry fails too', async () => {
    const one = await stuck();
    const before = (await one.open())[0];
    await one.resolve('lead', 'retry');
    await one.pass(5 * minute);
    const after = (await one.open())[0];
    expect(after?.exceptionId).to.equal(before?.exceptionId);
    expect(after?.openedAt).to.equal(before?.openedAt);
    expect(after?.retry).to.equal(undefined);
  });

  it('reads back what was done by hand', async () => {
    const one = await stuck();
    one.tenant.set('account-0', 'off');
    expect(await one.resolve('it1', { note: 'in the admin centre' })).to.equal('taken');
    await one.pass(5 * minute);
    expect((await one.change('account-0'))?.status).to.equal('done-by-hand');
    expect(object(one, 'account-0').effects).to.equal(0);
    const resolution = (await one.state()).exceptions[0]?.resolution;
    expect(resolution).to.include({ as: 'done-by-hand', by: 'it1', note: 'in the admin centre' });
  });

  it('believes no word that the tenant contradicts', async () => {
    const one = await stuck();
    await one.resolve('it1', { note: 'surely' });
    await one.pass(10 * minute);
    expect((await one.change('account-0'))?.status).to.equal('exception');
    expect((await one.open())[0]?.saw).to.include('reported as done by hand');
    expect((await one.open())[0]?.byHand).to.equal(undefined);
  });

  it('sends nothing any more once somebody did it by hand while a retry was waiting', async () => {
    const one = await stuck();
    object(one, 'account-0').refusal = 'throttled';
    await one.resolve('it1', 'retry');
    await one.pass(150_000);
    one.tenant.set('account-0', 'off');
    const saidAt = one.world.time.now();
    expect(await one.resolve('it1', { note: 'done it myself' })).to.equal('taken');
    await one.pass(5 * minute);
    expect((await one.change('account-0'))?.status).to.equal('done-by-hand');
    expect(
      one.tenant.calls.filter((call) => call.op === 'write' && call.sentAt > saidAt && call.id === 'account-0'),
    ).to.have.length(0);
  });

  it('wants a note, a choice among several, and somebody who may', async () => {
    const one = await stuck(['account', 'group', 'licence']);
    expect(await one.resolve('it1', { note: ' ' })).to.equal('note-wanted');
    expect(await one.resolve('hr2', 'retry')).to.equal('not-yours');
    expect(await one.resolve('stranger', 'retry')).to.equal('unknown');
    expect(await one.resolve('leaver', 'retry')).to.equal('unknown');
    expect(await one.resolve('it1', 'retry', '99')).to.equal('already');
    const two = await oneCase(['account', 'group', 'licence']);
    for (const id of ['account-0', 'group-1']) object(two, id).refusal = 'refused';
    await two.pass(2 * hour + 5 * minute);
    expect(await two.resolve('it1', 'retry')).to.equal('which');
  });

  it('plans again what could not be planned, and asks about what no approval covers', async () => {
    const one = await oneCase(['account', 'device', 'licence']);
    object(one, 'device-1').blocked = true;
    await one.pass(2 * hour + 5 * minute);
    object(one, 'device-1').blocked = false;
    const [blocked] = await one.open();
    expect(blocked?.code).to.equal('sim.blocked');
    await one.resolve('it1', 'retry');
    await one.pass(5 * minute);
    expect((await one.change('device-1'))?.partId).to.equal('access-added');
    expect(object(one, 'device-1').effects).to.equal(0);
    expect(await one.decide('hr1')).to.equal('decided');
    await one.pass(5 * minute);
    expect((await one.change('device-1'))?.status).to.equal('confirmed');
  });

  it('repeats what must not happen twice only when a person asks, and only after reading', async () => {
    const one = await oneCase(['account', 'device', 'licence']);
    await one.pass(2 * hour - minute);
    object(one, 'device-1').refusal = 'unknown-outcome';
    await one.pass(10 * minute);
    expect((await one.open()).map((e) => e.code)).to.deep.equal(['latchkey.outcome-unknown']);
    const sends = () => one.tenant.calls.filter((call) => call.op === 'write' && call.id === 'device-1').length;
    expect(sends()).to.equal(1);
    object(one, 'device-1').refusal = undefined;
    await one.resolve('it1', 'retry');
    await one.pass(10 * minute);
    expect(sends()).to.equal(2);
    expect(object(one, 'device-1').effects).to.equal(1);
    expect((await one.change('device-1'))?.status).to.equal('confirmed');
  });
});
