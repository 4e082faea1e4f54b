import { expect } from 'chai';
import type { CaseRecord } from '#domain/case';
import { plusMs } from '#domain/instant';
import { requirementsFor } from '#engine/requirements';
import { person, simPolicy } from '../simulation/firm.js';
import { caseRecord } from './case-record.js';
import { hour, minute } from './one-case.js';

const now = '2026-11-20T09:00:00.000Z';
const policy = simPolicy({ nowNeedsSecondHr: true, onSilence: 'take-default' });

const record = caseRecord;

const deciders = (special: Partial<CaseRecord>, given = policy) =>
  requirementsFor('hand-over', record(special), given, now).flatMap((r) => r.of);

describe('[unit] engine/requirements', () => {
  it('has HR confirm access: the one who asked, or anybody of HR but the leaver', () => {
    for (const part of ['access', 'closing'] as const) {
      const [own] = requirementsFor(part, record(), policy, now);
      expect(own?.of).to.deep.equal([{ kind: 'person', userId: 'hr1', as: 'requester' }]);
      const asked = record({ requesterIsHr: false, requestedBy: { kind: 'person', userId: 'manager' } });
      const [any] = requirementsFor(part, asked, policy, now);
      expect(any?.of).to.deep.equal([{ kind: 'role', role: 'hr', except: ['leaver'] }]);
    }
  });

  it('wants a second person of HR for now, who is neither the leaver nor the one who asked', () => {
    const both = requirementsFor('access', record({ immediate: true }), policy, now);
    expect(both.map((r) => r.requirementId)).to.deep.equal(['hr-confirms', 'second-hr']);
    expect(both[1]?.of).to.deep.equal([{ kind: 'role', role: 'hr', except: ['leaver', 'hr1'] }]);
    const relaxed = simPolicy({ nowNeedsSecondHr: false, onSilence: 'take-default' });
    expect(requirementsFor('access', record({ immediate: true }), relaxed, now)).to.have.length(1);
  });

  it('never lets silence close the question of access: it waits and escalates', () => {
    expect(requirementsFor('access', record(), policy, now).map((r) => r.onSilence)).to.deep.equal([
      'wait-and-escalate',
    ]);
  });

  it('gives the manager until access ends, and never less than policy grants', () => {
    const due = (effectiveAt: string) => requirementsFor('hand-over', record({ effectiveAt }), policy, now)[0]?.dueAt;
    expect(due(plusMs(now, 5 * hour))).to.equal(plusMs(now, 5 * hour));
    expect(due(plusMs(now, minute))).to.equal(plusMs(now, policy.leaver.handOver.dueHours * hour));
    expect(due(plusMs(now, -5 * hour))).to.equal(plusMs(now, policy.leaver.handOver.dueHours * hour));
  });

  it('takes the fallback for a manager who is not there, is blocked, is a guest or is the leaver', () => {
    const fallback = [{ kind: 'person', userId: 'fallback', as: 'fallback' }];
    const { manager: _none, ...without } = record();
    expect(requirementsFor('hand-over', without, policy, now)[0]?.of).to.deep.equal(fallback);
    expect(deciders({ manager: person('manager', { accountEnabled: false }) })).to.deep.equal(fallback);
    expect(deciders({ manager: person('manager', { userType: 'Guest' }) })).to.deep.equal(fallback);
    expect(deciders({ manager: person('leaver') })).to.deep.equal(fallback);
  });

  it('lets nobody ask for a hand-over and grant it', () => {
    const of = deciders({ requesterIsHr: false, requestedBy: { kind: 'person', userId: 'manager' } });
    expect(of.some((d) => d.kind === 'person' && d.userId === 'manager')).to.equal(false);
    expect(of.find((d) => d.kind === 'role')).to.deep.include({ role: 'hr', except: ['leaver', 'manager'] });
  });
});
