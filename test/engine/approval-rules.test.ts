import { expect } from 'chai';
import { createCalendar } from '#adapters/calendar/luxon-calendar';
import type { CaseRecord } from '#domain/case';
import type { Change } from '#domain/change';
import type { ApprovalRule, Policy } from '#domain/policy';
import { type RuledPart, ruledRequirements } from '#engine/approval-rules';
import { requirementsFor } from '#engine/requirements';
import { person, simPolicy, simRules } from '../simulation/firm.js';
import { caseRecord } from './case-record.js';

const friday = '2026-11-20T16:00:00.000Z';

const rule = (more: Partial<ApprovalRule> = {}): ApprovalRule => ({
  id: 'two-sign',
  when: {},
  ask: [{ role: 'approvers' }],
  need: 'one',
  stage: 1,
  dueHours: 2,
  onSilence: 'wait-and-escalate',
  ...more,
});

const policyWith = (rules: readonly ApprovalRule[], more: Partial<Policy['decisions']> = {}): Policy => {
  const policy = simPolicy({ nowNeedsSecondHr: true, onSilence: 'take-default' });
  const sites = [
    { name: 'Sim', zone: 'Europe/London', startOfDay: '09:00', endOfDay: '17:00', workdays: [1, 2, 3, 4, 5] },
  ];
  return { ...policy, sites, decisions: { ...simRules.decisions, rules, ...more } };
};

const change = (ownerId?: string): Change => ({
  key: `groups.leave-groups:${ownerId ?? 'g'}`,
  target: { kind: 'group', id: ownerId ?? 'g', displayName: 'Sales' },
  before: true,
  after: false,
  ...(ownerId ? { ownerId } : {}),
});

const part = (more: Partial<RuledPart> = {}): RuledPart => ({
  base: 'hand-over',
  risk: 'routine',
  changes: [{ stepId: 'groups.leave-groups', change: change() }],
  ...more,
});

function ruled(policy: Policy, given: RuledPart = part(), record: CaseRecord = caseRecord()) {
  const own = requirementsFor(given.base, record, policy, friday);
  return ruledRequirements({ policy, calendar: createCalendar(), record, now: friday }, given, own);
}

const ids = (requirements: ReturnType<typeof ruled>) => requirements.map((r) => r.requirementId);

describe('[unit] engine/approval-rules', () => {
  it('applies a rule where everything it names fits, and nowhere else', () => {
    const when: ApprovalRule['when'] = {
      kinds: ['leaver'],
      risks: ['elevated'],
      parts: ['hand-over'],
      sites: ['Sim'],
      steps: ['groups.leave-groups'],
    };
    const policy = policyWith([rule({ when })]);
    expect(ids(ruled(policy, part({ risk: 'elevated' })))).to.deep.equal(['rule:two-sign']);
    expect(ruled(policy, part({ risk: 'routine' }))).to.deep.equal([]);
    expect(ruled(policy, part({ risk: 'elevated', base: 'closing' }))).to.deep.equal([]);
    const other = [{ stepId: 'licenses.remove-licences' as const, change: change() }];
    expect(ruled(policy, part({ risk: 'elevated', changes: other }))).to.deep.equal([]);
    const elsewhere = policyWith([rule({ when: { sites: ['Dublin'] } })]);
    expect(ruled(elsewhere)).to.deep.equal([]);
  });

  it('lets closing a leaver’s access wait for no rule and for no second pair of eyes', () => {
    const policy = policyWith([rule()], { fourEyes: ['destructive'] });
    expect(ruled(policy, part({ base: 'access', risk: 'destructive' }))).to.deep.equal([]);
  });

  it('counts the time to decide in working hours of the person’s site', () => {
    const [only] = ruled(policyWith([rule()]));
    expect(only?.dueAt).to.equal('2026-11-23T10:00:00.000Z');
  });

  it('asks each owner of what is granted or taken once, and all of them', () => {
    const changes = ['ann', 'ben', 'ann'].map((id) => ({ stepId: 'groups.leave-groups' as const, change: change(id) }));
    const [only] = ruled(
      policyWith([rule({ ask: [{ person: 'entitlement-owner' }], need: 'all' })]),
      part({ changes }),
    );
    expect(only?.of.map((d) => d.kind === 'person' && d.userId)).to.deep.equal(['ann', 'ben']);
    expect(only?.rule).to.deep.equal({ kind: 'n', n: 2 });
  });

  it('asks all of a group by name, as it was when the plan was made', () => {
    const record = caseRecord({ askedOfAll: { approvers: ['ann', 'ben', 'leaver', 'hr1'] } });
    const [only] = ruled(policyWith([rule({ need: 'all' })]), part(), record);
    expect(only?.of.map((d) => d.kind === 'person' && d.userId)).to.deep.equal(['ann', 'ben']);
  });

  it('never asks the leaver or whoever asked for it, and falls back where nobody is left', () => {
    const ask: ApprovalRule['ask'] = [{ userId: 'leaver' }, { userId: 'hr1' }, { person: 'managers-manager' }];
    const [only] = ruled(policyWith([rule({ ask })]), part(), caseRecord({ managersManager: person('leaver') }));
    expect(only?.of).to.deep.equal([{ kind: 'person', userId: 'fallback', as: 'fallback' }]);
    const [group] = ruled(policyWith([rule()]));
    expect(group?.of).to.deep.equal([{ kind: 'role', role: 'approvers', except: ['leaver', 'hr1'] }]);
  });

  it('never wants more people than there are to ask', () => {
    const ask: ApprovalRule['ask'] = [{ userId: 'ann' }, { userId: 'ben' }];
    const [only] = ruled(policyWith([rule({ ask, need: 5 })]));
    expect(only?.rule).to.deep.equal({ kind: 'n', n: 2 });
  });

  it('puts a second person behind what is elevated where there would be one', () => {
    const policy = policyWith([], { fourEyes: ['elevated'] });
    expect(ids(ruled(policy, part({ base: 'closing', risk: 'elevated' })))).to.deep.equal(['four-eyes']);
    expect(ruled(policy, part({ base: 'closing', risk: 'routine' }))).to.deep.equal([]);
    // HR asked and the manager decides: that is two.
    expect(ruled(policy, part({ base: 'hand-over', risk: 'elevated' }))).to.deep.equal([]);
    const connector = caseRecord({
      requestedBy: { kind: 'connector', source: 'hr', externalId: '1' },
      requesterIsHr: false,
      delegate: person('gets-it'),
    });
    const [eyes] = ruled(policy, part({ base: 'hand-over', risk: 'elevated' }), connector);
    expect(eyes?.of).to.deep.equal([{ kind: 'role', role: 'approvers', except: ['leaver', 'gets-it'] }]);
  });
});
