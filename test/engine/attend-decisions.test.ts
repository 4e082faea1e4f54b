import { expect } from 'chai';
import { type Instant, plusMs } from '#domain/instant';
import type { Requirement } from '#domain/part';
import type { SimPerson } from '../simulation/sim-graph.js';
import { instantAt } from '../simulation/world.js';
import { hour, minute, type OneCase, oneCase } from './one-case.js';

const objects = ['account', 'grant', 'mailbox', 'licence'];
const waits = { onSilence: 'wait-and-escalate' } as const;

/** People whom Entra and their mailboxes tell about; before the worker looks for the first time. */
function people(one: OneCase, known: Readonly<Record<string, SimPerson>>): void {
  for (const [userId, person] of Object.entries(known)) one.tenant.add('person', userId, JSON.stringify(person));
}

async function handOver(one: OneCase): Promise<Requirement> {
  const part = (await one.state()).parts.find(({ partId }) => partId === 'hand-over');
  const requirement = part?.requirements.find(({ requirementId }) => requirementId === 'manager-decides');
  if (!requirement) throw new Error('nobody decides on the hand-over');
  return requirement;
}

const asked = (one: OneCase, audience: string) =>
  one.world.said.filter((message) => message.kind === 'decision' && message.audience === audience).length;
const reminded = (one: OneCase) =>
  one.world.said.filter(({ kind }) => kind.startsWith('reminder:')).map(({ audience }) => audience);
const named = ({ of }: Requirement) => of.map((d) => (d.kind === 'person' ? d.userId : d.role));
const at = (ms: number): Instant => instantAt(ms);

describe('[unit] engine/attend-decisions', () => {
  it('reminds at half and three quarters of the time to decide, each once', async () => {
    const one = await oneCase(objects);
    await one.pass(hour - minute);
    expect(reminded(one)).to.deep.equal([]);
    await one.pass(2 * minute);
    expect(reminded(one)).to.deep.equal(['person/manager']);
    await one.pass(28 * minute);
    expect(reminded(one)).to.have.length(1);
    await one.pass(2 * minute);
    expect(reminded(one)).to.deep.equal(['person/manager', 'person/manager']);
    expect(
      new Set(one.world.said.filter(({ kind }) => kind.startsWith('reminder:')).map(({ key }) => key)).size,
    ).to.equal(2);
    expect((await one.rows('decision.reminded')).map(({ data }) => data['reminder'])).to.deep.equal([1, 2]);
  });

  it('reminds nobody of what is decided', async () => {
    const one = await oneCase(objects);
    await one.pass(minute);
    expect(await one.decide('manager')).to.equal('decided');
    await one.pass(2 * hour);
    expect(reminded(one)).to.deep.equal([]);
  });

  it('asks the manager of a manager whose account is disabled, and keeps why', async () => {
    const one = await oneCase(objects);
    people(one, { manager: { accountEnabled: false, manager: 'boss' }, boss: {}, leaver: { manager: 'manager' } });
    await one.pass(minute);
    const requirement = await handOver(one);
    expect(named(requirement)).to.deep.equal(['manager', 'boss']);
    expect(requirement.passedOver?.map(({ userId, why }) => [userId, why])).to.deep.equal([['manager', 'disabled']]);
    expect(asked(one, 'person/boss')).to.equal(1);
    expect((await one.rows('decider.passed-over')).map(({ data }) => [data['why'], data['inPlace']])).to.deep.equal([
      ['disabled', 'boss'],
    ]);
    expect(await one.decide('boss')).to.equal('decided');
  });

  it('passes over who is out of office beyond the deadline, and lets them decide all the same', async () => {
    const one = await oneCase(objects);
    const automaticReplies = { status: 'scheduled', from: at(-hour), to: at(5 * hour) };
    people(one, { manager: { automaticReplies }, fallback: {}, leaver: { manager: 'manager' } });
    await one.pass(minute);
    expect((await handOver(one)).passedOver?.map(({ why }) => why)).to.deep.equal(['out-of-office']);
    expect(named(await handOver(one))).to.deep.equal(['manager', 'fallback']);
    await one.pass(hour);
    expect(reminded(one)).to.deep.equal(['person/fallback']);
    expect(await one.decide('manager')).to.equal('decided');
  });

  it('waits for who is back before the deadline, and for whom nobody can look at', async () => {
    const back = await oneCase(objects);
    const automaticReplies = { status: 'scheduled', from: at(-hour), to: at(hour) };
    people(back, { manager: { automaticReplies }, fallback: {}, leaver: { manager: 'manager' } });
    await back.pass(minute);
    expect(named(await handOver(back))).to.deep.equal(['manager']);
    const unread = await oneCase(objects);
    await unread.pass(minute);
    expect(named(await handOver(unread))).to.deep.equal(['manager']);
  });

  it('looks again before a reminder: somebody who was disabled since is passed over then', async () => {
    const one = await oneCase(objects);
    people(one, { manager: { manager: 'boss' }, boss: {}, leaver: { manager: 'manager' } });
    await one.pass(minute);
    expect(named(await handOver(one))).to.deep.equal(['manager']);
    one.tenant.set('manager', JSON.stringify({ accountEnabled: false, manager: 'boss' }));
    await one.pass(hour);
    expect(named(await handOver(one))).to.deep.equal(['manager', 'boss']);
    expect([reminded(one), asked(one, 'person/boss')]).to.deep.equal([[], 1]);
  });

  it('never puts the one who asked or who gains from it in somebody’s place', async () => {
    const one = await oneCase(objects);
    people(one, { manager: { accountEnabled: false, manager: 'hr1' }, hr1: {}, leaver: { manager: 'manager' } });
    await one.pass(minute);
    expect(named(await handOver(one))).to.deep.equal(['manager', 'itLeadership']);
  });

  it('follows a new manager in Entra while the hand-over waits', async () => {
    const one = await oneCase(objects);
    people(one, { manager: {}, leaver: { manager: 'manager' }, newboss: {} });
    await one.pass(minute);
    one.tenant.set('leaver', JSON.stringify({ manager: 'newboss' }));
    await one.pass(hour);
    expect(named(await handOver(one))).to.deep.equal(['newboss']);
    expect((await one.state()).record.manager?.userId).to.equal('newboss');
    expect(asked(one, 'person/newboss')).to.equal(1);
    expect(await one.decide('manager')).not.to.equal('decided');
    expect(await one.decide('newboss')).to.equal('decided');
    expect((await one.rows('decider.replaced')).map(({ data }) => [data['was'], data['is']])).to.deep.equal([
      ['manager', 'newboss'],
    ]);
  });

  it('asks the manager’s manager and the policy’s group when the deadline has passed, with time of their own', async () => {
    const one = await oneCase(objects, waits);
    people(one, { manager: { manager: 'boss' }, boss: {}, leaver: { manager: 'manager' } });
    await one.pass(2 * hour + minute);
    const requirement = await handOver(one);
    expect(named(requirement)).to.deep.equal(['manager', 'boss', 'itLeadership']);
    expect(requirement.escalatedAt).to.be.a('string');
    expect(requirement.dueAt >= plusMs(requirement.escalatedAt ?? '', hour)).to.equal(true);
    for (const audience of ['person/boss', 'role/itLeadership'])
      expect(asked(one, audience), audience).to.be.at.least(1);
    expect(one.world.said.some((m) => m.kind === 'exception' && m.audience === 'role/itLeadership')).to.equal(false);
    await one.pass(3 * hour);
    expect((await one.state()).exceptions.map(({ code }) => code)).to.deep.equal(['latchkey.nobody-decided']);
    expect(await one.decide('lead')).to.equal('decided');
    await one.pass(10 * minute);
    expect((await one.state()).record.milestones.completedAt).to.be.a('string');
  });

  it('leaves the word that somebody leaves with HR: leadership is told, and may not', async () => {
    const one = await oneCase(objects, { immediate: true });
    await one.pass(30 * minute);
    expect(one.world.said.some((m) => m.kind === 'exception' && m.audience === 'role/itLeadership')).to.equal(true);
    expect(await one.decide('lead')).not.to.equal('decided');
    expect(one.tenant.truth('account-0')).to.equal('on');
    expect(await one.decide('hr2')).to.equal('decided');
    await one.pass(10 * minute);
    expect(one.tenant.truth('account-0')).to.equal('off');
  });

  it('asks anew for an approval that was given too long ago, but for what closes access', async () => {
    const one = await oneCase(objects, { effectiveAt: 100 * 24 * hour, ...waits });
    await one.pass(minute);
    expect(await one.decide('manager')).to.equal('decided');
    await one.pass(100 * 24 * hour + 10 * minute);
    expect((await one.state()).record.milestones.accessClosedAt).to.be.a('string');
    expect(one.tenant.truth('grant-1')).to.equal('on');
    expect((await handOver(one)).round).to.equal(2);
    const expired = (await one.rows('approval.expired')).map(({ data }) => [data['part'], data['requirement']]);
    expect(expired).to.deep.include(['hand-over', 'manager-decides']);
    expect(expired.some(([part]) => part === 'access')).to.equal(false);
    expect(await one.decide('manager')).to.equal('decided');
    expect(await one.decide('hr1')).to.equal('decided');
    await one.pass(10 * minute);
    expect(one.tenant.truth('grant-1')).to.equal('off');
    expect((await one.state()).record.milestones.completedAt).to.be.a('string');
  });
});
