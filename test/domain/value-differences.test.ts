import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalJson } from '#domain/canonical';
import type { Json } from '#domain/json';
import { valueDifferences } from '#domain/value-differences';

const paths = (before: Json, after: Json) => valueDifferences(before, after).map(({ path }) => path);

describe('[unit] what differs between two values', () => {
  it('is told value by value, with its path', () => {
    expect(
      valueDifferences({ a: { b: 1, c: [1, 2] }, gone: 'x' }, { a: { b: 2, c: [1, 2] }, come: true }),
    ).to.deep.equal([
      { path: 'a.b', before: 1, after: 2 },
      { path: 'gone', before: 'x' },
      { path: 'come', after: true },
    ]);
  });

  it('follows named elements wherever they stand, and tells a new order', () => {
    const [london, dublin] = [
      { name: 'London', endOfDay: '17:00' },
      { name: 'Dublin', endOfDay: '17:30' },
    ];
    expect(paths([london, dublin], [{ name: 'Austin', endOfDay: '17:00' }, london, dublin])).to.deep.equal([
      '[Austin]',
    ]);
    expect(
      valueDifferences({ sites: [london, dublin] }, { sites: [dublin, { ...london, endOfDay: '18:00' }] }),
    ).to.deep.equal([
      { path: 'sites[London].endOfDay', before: '17:00', after: '18:00' },
      { path: 'sites (order)', before: ['London', 'Dublin'], after: ['Dublin', 'London'] },
    ]);
  });

  it('shows a group as one value, so that an exchanged id stands beside its name', () => {
    const group = (id: string) => ({ id, name: 'Human Resources' });
    expect(valueDifferences({ hr: group('1') }, { hr: group('2') })).to.deep.equal([
      { path: 'hr', before: group('1'), after: group('2') },
    ]);
  });

  it('finds the one that was added to a long list', () => {
    const many = Array.from({ length: 20 }, (_, index) => `id-${index}`);
    expect(valueDifferences({ ids: many }, { ids: ['new', ...many] })).to.deep.equal([{ path: 'ids[]', after: 'new' }]);
    expect(paths({ ids: many }, { ids: [...many].reverse() })).to.deep.equal(['ids (order)']);
  });

  it('never misses one: nothing is told only where both are the same', () => {
    const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
    const element = fc.record({ id: fc.constantFrom('a', 'b', 'c'), value: fc.integer({ min: 0, max: 2 }) });
    const value = fc.oneof(
      json,
      fc.array(element, { maxLength: 4 }),
      fc.array(fc.nat(3), { minLength: 9, maxLength: 12 }),
    );
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(valueDifferences(a, b).length === 0).to.equal(canonicalJson(a) === canonicalJson(b));
      }),
      { numRuns: 500 },
    );
  });
});
