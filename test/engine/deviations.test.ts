import { expect } from 'chai';
import { deviationStatus, deviationsOf } from '#domain/deviation-part';
import { plusMs } from '#domain/instant';
import { askDeviation, type Wish } from '#engine/ask-deviation';
import { simRules } from '../simulation/firm.js';
import type { SimPerson } from '../simulation/sim-graph.js';
import { hour, minute, type OneCase, object, oneCase } from './one-case.js';

const day = 24 * hour;

async function ask(one: OneCase, userId: string, wish: Wish, forMs = day): Promise<string> {
  const until = plusMs(one.engine.clock.tenantNow(), forMs);
  const asked = await askDeviation(one.engine, { caseId: one.caseId, userId, wish, until, reason: 'because' });
  return asked.kind === 'refused' ? asked.because.why : asked.kind;
}

async function statuses(one: OneCase): Promise<readonly string[]> {
  const state = await one.state();
  return deviationsOf(state).map((part) => deviationStatus(part, state.decisions));
}

async function stuck(special = {}): Promise<OneCase> {
  const one = await oneCase(['account', 'group', 'licence'], special);
  object(one, 'account-0').refusal = 'not-permitted';
  await one.pass(2 * hour + 5 * minute);
  return one;
}

describe('[unit] deviations', () => {
  it('waives only when every role has signed, each by another person, none of whom asked', async () => {
    const one = await stuck();
    expect(await ask(one, 'stranger', { kind: 'waive' })).to.equal('unknown');
    expect(await ask(one, 'hr2', { kind: 'waive' })).to.equal('not-yours');
    expect(await ask(one, 'it1', { kind: 'waive' })).to.equal('asked');
    expect(await ask(one, 'lead', { kind: 'waive' })).to.equal('already');
    for (const userId of ['it1', 'hr1', 'leaver', 'lead']) await one.decide(userId);
    expect(await statuses(one)).to.deep.equal(['waiting']);
    expect(await one.decide('hr2')).to.equal('decided');
    expect(await one.decide('hr2')).to.equal('already');
    await one.pass(minute);
    expect((await one.change('account-0'))?.status).to.equal('exception');
    expect(await one.decide('ap1')).to.equal('decided');
    await one.pass(minute);
    expect((await one.change('account-0'))?.status).to.equal('waived');
    expect((await one.state()).exceptions[0]?.resolution).to.include({ as: 'waived', by: 'ap1' });
  });

  it('opens it again at the end of the waiver, on a closed case too, so that Retry does it', async () => {
    const one = await stuck();
    await ask(one, 'it1', { kind: 'waive' });
    await one.decide('hr2');
    await one.decide('ap1');
    await one.pass(10 * minute);
    expect((await one.state()).record.milestones.completedAt).to.be.a('string');
    object(one, 'account-0').refusal = undefined;
    await one.pass(day);
    const [again] = await one.open();
    expect(again).to.include({ code: 'latchkey.waiver-ended', changeKey: 'sim.close-account:account-0' });
    expect(again?.exceptionId).to.equal('2');
    await one.resolve('it1', 'retry');
    await one.pass(5 * minute);
    expect((await one.change('account-0'))?.status).to.equal('confirmed');
    expect(await one.open()).to.deep.equal([]);
  });

  it('asks nobody any more once it was put right', async () => {
    const one = await stuck();
    await ask(one, 'it1', { kind: 'waive' });
    object(one, 'account-0').refusal = undefined;
    await one.resolve('lead', 'retry');
    await one.pass(5 * minute);
    expect(await statuses(one)).to.deep.equal(['moot']);
    expect(await one.decide('hr2')).to.equal('already');
  });

  it('lapses: what nobody signed by the deadline is not granted, and the same wish may be asked again', async () => {
    const one = await stuck();
    await ask(one, 'it1', { kind: 'waive' }, 6 * hour);
    await one.decide('hr2');
    await one.pass(5 * hour);
    expect(await statuses(one)).to.deep.equal(['rejected']);
    expect((await one.change('account-0'))?.status).to.equal('exception');
    expect(await ask(one, 'it1', { kind: 'waive' })).to.equal('asked');
  });

  it('is refused with its reason', async () => {
    const one = await stuck();
    expect(await ask(one, 'it1', { kind: 'waive' }, -minute)).to.equal('past');
    expect(await ask(one, 'it1', { kind: 'waive' }, 366 * day)).to.equal('too-long');
    expect(await ask(one, 'it1', { kind: 'waive', exceptionId: '9' })).to.equal('nothing-open');
    expect(await ask(one, 'hr2', { kind: 'keep', word: 'desk' })).to.equal('not-keepable');
  });

  it('holds what has not begun, and lets it begin by itself at the end', async () => {
    const one = await oneCase(['account', 'group', 'licence']);
    await one.pass(5 * minute);
    expect(await ask(one, 'it1', { kind: 'hold' }, 5 * hour)).to.equal('asked');
    // Whoever asked for the case does not sign what leaves it open.
    await one.decide('hr1');
    await one.decide('hr2');
    await one.decide('ap1');
    await one.pass(3 * minute);
    expect(await statuses(one)).to.deep.equal(['in-force']);
    await one.pass(3 * hour);
    expect(object(one, 'account-0').effects).to.equal(0);
    await one.pass(3 * hour);
    expect(await statuses(one)).to.deep.equal(['ended']);
    expect(object(one, 'account-0').effects).to.equal(1);
    expect((await one.state()).record.heldUntil).to.equal(undefined);
  });
});

describe('[unit] owners of exceptions', () => {
  const rota = { startsOn: '2020-01-01', days: 7, userIds: ['it1', 'lead'] };
  async function ownerWith(userIds: readonly string[], person: SimPerson = {}) {
    const one = await oneCase(['account'], {
      policy: { exceptions: { ...simRules.exceptions, rota: { ...rota, userIds } } },
    });
    for (const userId of userIds) one.tenant.add('person', userId, JSON.stringify(person));
    object(one, 'account-0').refusal = 'not-permitted';
    await one.pass(2 * hour + 5 * minute);
    return (await one.open())[0]?.owner;
  }

  it('gives it to whose turn it is, and to the group where they are not there', async () => {
    expect(await ownerWith(['it1'])).to.include({ kind: 'person', userId: 'it1' });
    expect(await ownerWith(['it1'], { accountEnabled: false })).to.deep.equal({ kind: 'role', role: 'it' });
    // The leaver's own turn is the next one's; somebody outside the group takes no turn.
    expect(await ownerWith(['leaver', 'it1'])).to.include({ userId: 'it1' });
    expect(await ownerWith(['it1', 'leaver'])).to.include({ userId: 'it1' });
    expect(await ownerWith(['hr2'])).to.deep.equal({ kind: 'role', role: 'it' });
  });

  it('puts it before others once it is overdue, once, and keeps that over another try', async () => {
    const one = await stuck();
    await one.pass(4 * hour);
    expect((await one.open())[0]?.escalated).to.include({ to: 'itLeadership' });
    await one.resolve('it1', 'retry');
    await one.pass(day);
    expect((await one.open())[0]?.escalated).to.include({ to: 'itLeadership' });
    const told = await one.rows('exception.overdue');
    expect(told.filter((row) => row.data['exception'] === '1')).to.have.length(1);
  });
});
