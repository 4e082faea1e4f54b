import { expect } from 'chai';
import type { CaseState } from '#domain/case-state';
import { plusMs } from '#domain/instant';
import type { Part, Requirement } from '#domain/part';
import { partWrite, touchCase } from '#engine/keys';
import type { Write } from '#engine/ports/store';
import { instantAt } from '../simulation/world.js';
import { hour, minute, type OneCase, oneCase } from './one-case.js';

const objects = ['account', 'grant', 'mailbox', 'licence'];

async function write(one: OneCase, state: readonly Write[]): Promise<void> {
  const { engine, caseId } = one;
  const wake = [{ caseId, dueAt: engine.clock.tenantNow(), mode: 'sooner' }] as const;
  const result = await engine.store.commit({ tenantId: engine.tenantId, state, evidence: [], outbox: [], wake });
  if (!result.ok) throw new Error(`not written: ${result.reason}`);
}

/** Another plan than the simulated workflow makes: owners, several who have to agree. */
async function reshape(one: OneCase, change: (part: Part) => Part): Promise<void> {
  const state = await one.state();
  const part = partOf(state);
  await write(one, [touchCase(state), partWrite(change(part))]);
}

function partOf(state: CaseState): Part {
  const part = state.parts.find(({ partId }) => partId === 'hand-over');
  if (!part) throw new Error('there is no hand-over');
  return part;
}

const byClock = async (one: OneCase) => (await one.state()).decisions.filter((d) => d.decidedBy === 'clock').length;

describe('[unit] deadlines and outages', () => {
  const away = { from: instantAt(hour), to: instantAt(3 * hour) };

  it('gives more time, once, where the deadline passed while Latchkey was not there', async () => {
    const one = await oneCase(objects, { onSilence: 'take-default' });
    await one.pass(minute);
    const machineAt = one.engine.clock.machineNow() + 100 * hour;
    const pulse = { tenantAt: away.to, machineAt, outage: away };
    await write(one, [{ collection: 'pulse', key: 'pulse', body: pulse }]);
    await one.pass(2 * hour + minute);
    expect(await byClock(one)).to.equal(0);
    const [moved] = partOf(await one.state()).requirements;
    expect(moved?.afterOutage).to.equal(true);
    expect(moved?.dueAt).to.equal(plusMs(away.to, hour));
    expect((await one.rows('decision.deadline-moved')).map(({ data }) => [data['was'], data['dueAt']])).to.deep.equal([
      [instantAt(2 * hour), moved?.dueAt],
    ]);
    expect(one.world.said.filter(({ kind }) => kind.endsWith('.0')).map(({ audience }) => audience)).to.deep.equal([
      'person/manager',
    ]);
    expect((await one.state()).record.milestones.accessClosedAt, 'access closes all the same').to.be.a('string');
    await one.pass(2 * hour);
    expect(await byClock(one)).to.equal(1);
  });

  it('lets nobody’s silence count before the pulse tells whether Latchkey was there', async () => {
    const one = await oneCase(objects, { onSilence: 'take-default' });
    await one.pass(minute);
    const pulse = { tenantAt: instantAt(0), machineAt: one.engine.clock.machineNow() };
    await write(one, [{ collection: 'pulse', key: 'pulse', body: pulse }]);
    await one.pass(2 * hour + 10 * minute);
    expect(await byClock(one)).to.equal(0);
    expect((await one.state()).record.milestones.accessClosedAt).to.be.a('string');
    const fresh = { tenantAt: instantAt(0), machineAt: one.engine.clock.machineNow() };
    await write(one, [{ collection: 'pulse', key: 'pulse', body: fresh }]);
    await one.pass(5 * minute);
    expect(await byClock(one)).to.equal(1);
  });

  const owners = (onSilence: Requirement['onSilence']) => (part: Part) => {
    const [silent] = part.requirements;
    if (!silent) throw new Error('nobody decides');
    const owner: Requirement = {
      ...silent,
      requirementId: 'rule:owner',
      of: [{ kind: 'person', userId: 'owner', as: 'owner' }],
      onSilence: 'wait-and-escalate',
      dueAt: plusMs(silent.dueAt, 10 * hour),
    };
    return { ...part, requirements: [{ ...silent, onSilence }, owner] };
  };

  it('grants at the deadline what its owner has signed', async () => {
    const one = await oneCase(objects);
    await one.pass(minute);
    await reshape(one, owners('grant-signed'));
    expect(await one.decide('owner')).to.equal('decided');
    await one.pass(2 * hour + 5 * minute);
    expect(await byClock(one)).to.equal(1);
    expect(one.tenant.truth('grant-1')).to.equal('off');
  });

  it('waits and asks others for what its owner has not signed', async () => {
    const one = await oneCase(objects);
    await one.pass(minute);
    await reshape(one, owners('grant-signed'));
    await one.pass(2 * hour + 5 * minute);
    expect(await byClock(one)).to.equal(0);
    expect(one.tenant.truth('grant-1')).to.equal('on');
    expect((await one.open()).map(({ code }) => code)).to.deep.equal(['latchkey.nobody-decided']);
    expect(await one.decide('lead')).to.equal('decided');
  });

  it('grants nothing by silence where no owner was asked', async () => {
    const one = await oneCase(objects, { onSilence: 'grant-signed' });
    await one.pass(2 * hour + 5 * minute);
    expect(await byClock(one)).to.equal(0);
    expect(one.tenant.truth('grant-1')).to.equal('on');
  });

  it('asks those of a later stage when it comes to them, and gives them their time from then', async () => {
    const one = await oneCase(objects);
    await one.pass(minute);
    await reshape(one, (part) => {
      const [first] = part.requirements;
      if (!first) throw new Error('nobody decides');
      const of = [{ kind: 'person', userId: 'second', as: 'named' }] as const;
      const { reminded: _r, ...unseen } = first;
      return { ...part, requirements: [first, { ...unseen, requirementId: 'rule:second', stage: 2, of }] };
    });
    await one.pass(hour);
    expect(await one.decide('second')).not.to.equal('decided');
    const before = one.world.time.now();
    expect(await one.decide('manager')).to.equal('decided');
    const said = one.world.said.length;
    await one.pass(minute);
    const asked = one.world.said.slice(said).filter((m) => m.kind === 'decision' && m.audience === 'person/second');
    expect(asked).not.to.deep.equal([]);
    const second = partOf(await one.state()).requirements.find((r) => r.requirementId === 'rule:second');
    expect(second?.dueAt && second.dueAt >= plusMs(instantAt(before), 110 * minute)).to.equal(true);
    expect(await one.decide('second')).to.equal('decided');
  });
});
