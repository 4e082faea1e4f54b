import { expect } from 'chai';
import fc from 'fast-check';
import { type HashedChange, partHash, planHash } from '#domain/plan-hash';

const date = '2026-11-20T17:00:00.000Z';

const value = fc.oneof(fc.boolean(), fc.integer(), fc.string(), fc.constant(null));
const hashed: fc.Arbitrary<HashedChange> = fc.record({
  stepId: fc.constantFrom('users.disable-account' as const, 'groups.leave-groups' as const),
  stepVersion: fc.integer({ min: 1, max: 9 }),
  intent: value,
  change: fc.record({
    key: fc.string({ minLength: 1 }),
    target: fc.record({ kind: fc.constant('group' as const), id: fc.string(), displayName: fc.string() }),
    before: fc.dictionary(fc.string(), value),
    after: fc.dictionary(fc.string(), value),
  }),
});
const changes = fc.uniqueArray(hashed, { selector: (c) => c.change.key, minLength: 1, maxLength: 5 });

/** Everything an approval is bound to, one at a time made different. */
const edits: readonly ((c: HashedChange) => HashedChange)[] = [
  (c) => ({ ...c, stepId: 'other.step' }),
  (c) => ({ ...c, stepVersion: c.stepVersion + 1 }),
  (c) => ({ ...c, intent: { was: c.intent } }),
  (c) => ({ ...c, change: { ...c.change, key: `${c.change.key}+` } }),
  (c) => ({ ...c, change: { ...c.change, before: { was: c.change.before } } }),
  (c) => ({ ...c, change: { ...c.change, after: { was: c.change.after } } }),
];

const renamed = (c: HashedChange): HashedChange => ({
  ...c,
  change: { ...c.change, target: { ...c.change.target, displayName: `${c.change.target.displayName} (new)` } },
});

describe('[unit] domain/plan-hash', () => {
  it('is the same for renamed objects and in any order', () => {
    fc.assert(
      fc.property(changes, (list) => {
        expect(partHash([...list].reverse().map(renamed), date)).to.equal(partHash(list, date));
      }),
    );
  });

  it('differs when anything else does: step, version, intent, key, before, after, date, one change more', () => {
    fc.assert(
      fc.property(changes, fc.nat(), (list, n) => {
        const before = partHash(list, date);
        const index = n % list.length;
        for (const edit of edits)
          expect(
            partHash(
              list.map((c, i) => (i === index ? edit(c) : c)),
              date,
            ),
          ).not.to.equal(before);
        expect(partHash(list, '2026-11-20T17:00:00.001Z')).not.to.equal(before);
        expect(partHash(list, undefined)).not.to.equal(before);
        expect(partHash(list.slice(1), date)).not.to.equal(before);
      }),
    );
  });

  it('names a plan by its parts, in any order', () => {
    const hash = fc
      .array(fc.constantFrom(...'0123456789abcdef'), { minLength: 64, maxLength: 64 })
      .map((c) => c.join(''));
    fc.assert(
      fc.property(fc.uniqueArray(hash, { minLength: 1, maxLength: 4 }), hash, (parts, more) => {
        expect(planHash([...parts].reverse())).to.equal(planHash(parts));
        if (!parts.includes(more)) expect(planHash([...parts, more])).not.to.equal(planHash(parts));
      }),
    );
  });
});
