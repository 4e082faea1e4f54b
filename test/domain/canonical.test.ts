import canonicalize from 'canonicalize';
import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalJson, sha256Hex } from '#domain/canonical';
import type { Json } from '#domain/json';

describe('[unit] domain/canonical', () => {
  it('agrees with the reference implementation of RFC 8785 on any JSON', () => {
    const json = fc.letrec<{ value: Json; object: { [key: string]: Json } }>((tie) => ({
      object: fc.dictionary(fc.string({ unit: 'binary' }), tie('value')),
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string({ unit: 'binary' }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 5 }),
        tie('object'),
      ),
    }));
    fc.assert(
      fc.property(json.value, (value) => {
        expect(canonicalJson(value)).to.equal(canonicalize(value));
      }),
      { numRuns: 500 },
    );
  });

  it('sorts members by UTF-16 code units, not by code points or by locale', () => {
    expect(
      canonicalJson({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude02': 5, '\u0080': 6, '\u00f6': 7 }),
    ).to.equal('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude02":5,"\ufb33":3}');
  });

  it('leaves out what is undefined and writes minus zero as zero', () => {
    expect(canonicalJson({ b: undefined, a: -0, c: [1e21, 1e-7, 0.1] })).to.equal('{"a":0,"c":[1e+21,1e-7,0.1]}');
  });

  for (const [name, value] of [
    ['NaN', Number.NaN],
    ['an infinity', Number.POSITIVE_INFINITY],
    ['a lone surrogate', 'cut \ud83d'],
  ] as const) {
    it(`refuses ${name}`, () => {
      expect(() => canonicalJson({ a: [value] })).to.throw(TypeError);
    });
  }

  it('hashes the UTF-8 bytes', () => {
    expect(sha256Hex('abc')).to.equal('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256Hex('é')).to.equal('4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c');
  });
});
