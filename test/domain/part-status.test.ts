import { expect } from 'chai';
import fc from 'fast-check';
import type { Decision, Part, Requirement } from '#domain/part';
import { isApproved, isRejected, openRequirements, requirementStatus } from '#domain/part-status';

const at = '2026-11-20T17:00:00.000Z';
const people = ['a', 'b', 'c'];

const requirement = (requirementId: string, stage: number, rule: Requirement['rule']): Requirement => ({
  requirementId,
  round: 1,
  rule,
  of: people.map((userId) => ({ kind: 'person', userId, as: 'manager' })),
  stage,
  askedAt: at,
  dueAt: at,
  onSilence: 'wait-and-escalate',
});

const part = (requirements: readonly Requirement[]): Part => ({
  tenantId: 't',
  caseId: 'L-101',
  revision: 1,
  partId: 'access',
  purpose: 'do',
  title: 'Access closes',
  risk: 'routine',
  partHash: 'hash',
  changeKeys: ['k'],
  requirements,
  startsAt: at,
});

const decision = (requirementId: string, decidedBy: string, more: Partial<Decision> = {}): Decision => ({
  tenantId: 't',
  caseId: 'L-101',
  partId: 'access',
  partHash: 'hash',
  requirementId,
  round: 1,
  decidedBy,
  outcome: 'approved',
  right: 'named',
  decidedAt: at,
  ...more,
});

const anyDecision = fc.record({
  requirementId: fc.constantFrom('first', 'second'),
  decidedBy: fc.constantFrom(...people),
  outcome: fc.constantFrom('approved' as const, 'rejected' as const),
  partHash: fc.constantFrom('hash', 'older'),
  round: fc.constantFrom(1, 2),
});
const key = (d: { requirementId: string; decidedBy: string; partHash: string; round: number }) =>
  `${d.partHash}/${d.requirementId}/${d.round}/${d.decidedBy}`;
const decisions = fc
  .uniqueArray(anyDecision, { selector: key, maxLength: 12 })
  .map((list) => list.map((d) => decision(d.requirementId, d.decidedBy, d)));
const rule = fc.constantFrom<Requirement['rule']>({ kind: 'one' }, { kind: 'all' }, { kind: 'n', n: 2 });

describe('[unit] domain/part-status', () => {
  it('counts people: one, so many, all', () => {
    const cases: readonly (readonly [Requirement['rule'], number])[] = [
      [{ kind: 'one' }, 1],
      [{ kind: 'n', n: 2 }, 2],
      [{ kind: 'all' }, 3],
    ];
    for (const [of, needed] of cases)
      for (let count = 0; count <= 3; count += 1) {
        const given = people.slice(0, count).map((who) => decision('first', who));
        const status = requirementStatus(part([]), requirement('first', 1, of), given);
        expect(status, `${of.kind} ${count}`).to.equal(count >= needed ? 'approved' : 'awaiting');
      }
  });

  it('is never approved and rejected at once, and nobody is asked about what is approved', () => {
    fc.assert(
      fc.property(rule, rule, decisions, (first, second, given) => {
        const whole = part([requirement('first', 1, first), requirement('second', 2, second)]);
        const [approved, rejected] = [isApproved(whole, given), isRejected(whole, given)];
        expect(approved && rejected).to.equal(false);
        if (approved) expect(openRequirements(whole, given)).to.deep.equal([]);
        else if (!rejected) expect(openRequirements(whole, given)).to.have.length(1);
      }),
    );
  });

  it('leaves behind what was decided on another hash or in another round', () => {
    fc.assert(
      fc.property(rule, decisions, (of, given) => {
        const whole = part([requirement('first', 1, of)]);
        const counting = given.filter((d) => d.partHash === 'hash' && d.round === 1);
        expect(isApproved(whole, given)).to.equal(isApproved(whole, counting));
        expect(isRejected(whole, given)).to.equal(isRejected(whole, counting));
      }),
    );
  });

  it('asks one stage after the other', () => {
    const whole = part([requirement('second', 2, { kind: 'one' }), requirement('first', 1, { kind: 'one' })]);
    expect(openRequirements(whole, []).map((r) => r.requirementId)).to.deep.equal(['first']);
    expect(openRequirements(whole, [decision('first', 'a')]).map((r) => r.requirementId)).to.deep.equal(['second']);
  });
});
