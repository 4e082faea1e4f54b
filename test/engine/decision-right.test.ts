import { expect } from 'chai';
import type { CaseState } from '#domain/case-state';
import { plusMs } from '#domain/instant';
import type { Decider, Part } from '#domain/part';
import { decidableBy } from '#engine/decide-part';
import { delegateApprovals, delegationFault, endDelegation } from '#engine/delegate-approvals';
import { person } from '../simulation/firm.js';
import { hour, minute, type OneCase, oneCase } from './one-case.js';

const objects = ['account', 'grant', 'mailbox', 'licence'];
const day = 24 * hour;

const until = (one: OneCase, ms: number) => plusMs(one.engine.clock.tenantNow(), ms);

async function rightTo(one: OneCase, state: CaseState, userId: string): Promise<string | undefined> {
  return (await decidableBy(one.engine, state, userId)).find(({ part }) => part.partId === 'hand-over')?.right;
}

/** The hand-over as another plan would have it. */
function withHandOver(state: CaseState, change: Partial<Part>, of?: readonly Decider[]): CaseState {
  return {
    ...state,
    parts: state.parts.map((part) =>
      part.partId === 'hand-over'
        ? { ...part, ...change, requirements: part.requirements.map((r) => (of ? { ...r, of } : r)) }
        : part,
    ),
  };
}

describe('[unit] who may decide in whose place', () => {
  it('lets a delegate decide until the day, in their own name, and nobody after it', async () => {
    const one = await oneCase(objects, { effectiveAt: 10 * day, onSilence: 'wait-and-escalate' });
    await one.pass(minute);
    expect(await one.decide('friend')).not.to.equal('decided');
    await delegateApprovals(one.engine, 'manager', 'friend', until(one, day));
    const right = await rightTo(one, await one.state(), 'friend');
    expect(right).to.match(/^delegated by manager until 2026-11-21$/);
    expect(await rightTo(one, await one.state(), 'manager'), 'the manager still may').to.match(/^named/);
    await one.pass(day + minute);
    expect(await rightTo(one, await one.state(), 'friend')).to.equal(undefined);
  });

  it('shows what waits to the delegate at once, and later questions to both', async () => {
    const one = await oneCase(objects);
    await one.pass(minute);
    await delegateApprovals(one.engine, 'manager', 'friend', until(one, day));
    const toFriend = () => one.world.said.filter((m) => m.audience === 'person/friend').map(({ kind }) => kind);
    expect(toFriend()).to.deep.equal(['decision']);
    await one.pass(hour);
    expect(toFriend().some((kind) => kind.startsWith('reminder:manager-decides'))).to.equal(true);
    expect(await one.decide('friend')).to.equal('decided');
    const [row] = (await one.rows('part.approved')).filter(({ data }) => data['requirement'] === 'manager-decides');
    expect(String(row?.data['right'])).to.match(/^delegated by manager/);
  });

  it('asks the delegate of a manager whose delegation was there before the case', async () => {
    const one = await oneCase(objects);
    await delegateApprovals(one.engine, 'manager', 'friend', until(one, day));
    await one.pass(minute);
    expect(one.world.said.some((m) => m.audience === 'person/friend' && m.kind === 'decision')).to.equal(true);
  });

  it('does not chain, and ends when it is ended', async () => {
    const one = await oneCase(objects);
    await one.pass(minute);
    await delegateApprovals(one.engine, 'manager', 'friend', until(one, day));
    await delegateApprovals(one.engine, 'friend', 'other', until(one, day));
    expect(await rightTo(one, await one.state(), 'other')).to.equal(undefined);
    expect(await endDelegation(one.engine, 'manager')).to.equal('friend');
    expect(await rightTo(one, await one.state(), 'friend')).to.equal(undefined);
    expect(await endDelegation(one.engine, 'manager')).to.equal(undefined);
  });

  it('gives no right to the leaver, to whoever gets the mailbox, nor to the requester of what is elevated', async () => {
    const one = await oneCase(objects);
    await one.pass(minute);
    const state = await one.state();
    for (const to of ['leaver', 'friend', 'hr1']) {
      await delegateApprovals(one.engine, 'manager', to, until(one, day));
      const given = { ...state, record: { ...state.record, delegate: person('friend') } };
      const elevated = withHandOver(given, { risk: 'elevated' });
      expect(await rightTo(one, elevated, to), to).to.equal(undefined);
    }
  });

  it('delegates what an approver decides, and never what is HR’s', async () => {
    const one = await oneCase(objects);
    await one.pass(minute);
    one.tenant.add('person', 'hr2', '{}');
    await delegateApprovals(one.engine, 'hr2', 'friend', until(one, day));
    const state = await one.state();
    const ofHr = withHandOver(state, {}, [{ kind: 'role', role: 'hr', except: [] }]);
    expect(await rightTo(one, ofHr, 'hr2')).to.match(/^member of/);
    expect(await rightTo(one, ofHr, 'friend')).to.equal(undefined);
  });

  it('never lets who asked for something elevated grant it; routine things they may', async () => {
    const one = await oneCase(objects);
    await one.pass(minute);
    const of = [{ kind: 'role', role: 'hr', except: [] }] as const;
    const state = await one.state();
    expect(await rightTo(one, withHandOver(state, {}, of), 'hr1')).to.match(/^member of/);
    expect(await rightTo(one, withHandOver(state, { risk: 'destructive' }, of), 'hr1')).to.equal(undefined);
    expect(await rightTo(one, withHandOver(state, { risk: 'destructive' }, of), 'hr2')).to.match(/^member of/);
  });

  it('has whoever joined a group wait before they decide what is elevated', async () => {
    const one = await oneCase(objects);
    await one.pass(minute);
    const of = [{ kind: 'role', role: 'hr', except: [] }] as const;
    const now = one.engine.clock.tenantNow();
    const keep = async (members: readonly { userId: string; since: string }[]) => {
      const body = { role: 'hr', members, readAt: now } as const;
      await one.engine.store.commit({
        tenantId: one.engine.tenantId,
        state: [{ collection: 'membership', key: 'hr', body }],
        evidence: [],
        outbox: [],
      });
    };
    const elevated = withHandOver(await one.state(), { risk: 'elevated' }, of);
    expect(await rightTo(one, elevated, 'hr2'), 'nobody keeps who is new').to.match(/^member of/);
    await keep([{ userId: 'hr2', since: plusMs(now, -23 * hour) }]);
    expect(await rightTo(one, elevated, 'hr2')).to.equal(undefined);
    expect(await rightTo(one, withHandOver(elevated, { risk: 'routine' }), 'hr2')).to.match(/^member of/);
    await keep([{ userId: 'hr2', since: plusMs(now, -25 * hour) }]);
    expect(await rightTo(one, elevated, 'hr2')).to.match(/^member of/);
    await keep([]);
    expect(await rightTo(one, elevated, 'hr2'), 'not seen there yet').to.equal(undefined);
  });

  it('refuses a delegation to oneself, a guest, a blocked account, for the past and for longer than 92 days', async () => {
    const one = await oneCase(objects);
    const fault = (to: Parameters<typeof person>, ms: number) =>
      delegationFault(one.engine, 'manager', person(...to), until(one, ms));
    expect(fault(['manager'], day)).to.equal('oneself');
    expect(fault(['x', { userType: 'Guest' }], day)).to.equal('guest');
    expect(fault(['x', { accountEnabled: false }], day)).to.equal('disabled');
    expect(fault(['x'], -minute)).to.equal('past');
    expect(fault(['x'], 94 * day)).to.equal('too-long');
    expect(fault(['x'], 92 * day)).to.equal(undefined);
  });
});
