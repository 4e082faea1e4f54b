import { expect } from 'chai';
import fc from 'fast-check';
import type { Decision, Part, Requirement } from '#domain/part';
import { openRequirements } from '#domain/part-status';
import { withAnotherPairOfEyes } from '#domain/two-people';

const at = '2026-11-20T17:00:00.000Z';

const requirement = (requirementId: string, apart: boolean): Requirement => ({
  requirementId,
  round: 1,
  rule: { kind: 'one' },
  of: [],
  stage: 1,
  apart,
  askedAt: at,
  dueAt: at,
  onSilence: 'wait-and-escalate',
});

const partOf = (requirements: readonly Requirement[]): Part => ({
  tenantId: 't',
  caseId: 'L-101',
  revision: 1,
  partId: 'closing',
  purpose: 'do',
  title: 'Closing',
  risk: 'destructive',
  partHash: 'hash',
  changeKeys: ['k'],
  requirements,
  startsAt: at,
});

const decisionOf = (requirementId: string, decidedBy: string): Decision => ({
  tenantId: 't',
  caseId: 'L-101',
  partId: 'closing',
  partHash: 'hash',
  requirementId,
  round: 1,
  decidedBy,
  outcome: 'approved',
  right: 'named',
  decidedAt: at,
});

describe('[unit] domain/two-people', () => {
  it('lets one person decide several requirements where none wants other eyes', () => {
    const part = partOf([requirement('a', false), requirement('b', false)]);
    const asks = part.requirements.map((r) => ({ part, requirement: r }));
    expect(withAnotherPairOfEyes(asks, [], 'ann')).to.have.length(2);
  });

  it('property: whoever clicks what is offered, in any order, a requirement that wants other eyes has its own person', () => {
    const clicks = fc.array(fc.constantFrom('ann', 'ben', 'cyd'), { maxLength: 8 });
    const shapes = fc.array(fc.boolean(), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(shapes, clicks, (apart, people) => {
        const part = partOf(apart.map((a, i) => requirement(`r${i}`, a)));
        let decisions: readonly Decision[] = [];
        for (const person of people) {
          const open = openRequirements(part, decisions).map((r) => ({ part, requirement: r }));
          const offered = withAnotherPairOfEyes(open, decisions, person);
          decisions = [...decisions, ...offered.map((o) => decisionOf(o.requirement.requirementId, person))];
        }
        for (const own of part.requirements.filter((r) => r.apart)) {
          const by = decisions.find((d) => d.requirementId === own.requirementId)?.decidedBy;
          const others = decisions.filter((d) => d.requirementId !== own.requirementId);
          expect(others.map((d) => d.decidedBy)).to.not.include(by ?? 'nobody');
        }
      }),
    );
  });
});
