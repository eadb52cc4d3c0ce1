import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalDigest } from './canonicalDigest';

function nodeSha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

describe('canonicalDigest', () => {
  // printf '{"a":1,"b":["x","é"]}' | sha256sum
  const golden =
    'sha256:155bba9914cacffef174b6253f3e42dcec2f03e8b409c15fccb56f6f34beb04a';

  it('is that of sha256sum over the canonical text', () => {
    expect(canonicalDigest({ b: ['x', 'é'], a: 1 })).toBe(golden);
  });

  it('does not depend on the order of keys or on keys without a value', () => {
    expect(canonicalDigest({ a: 1, c: undefined, b: ['x', 'é'] })).toBe(golden);
  });

  it('is that of the reference for RFC 8785, whatever the value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), value => {
        const reference = `sha256:${nodeSha256(canonicalize(value)!)}`;
        expect(canonicalDigest(value)).toBe(reference);
        expect(canonicalDigest(value, nodeSha256)).toBe(reference);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses what JSON cannot hold', () => {
    expect(() => canonicalDigest({ a: NaN })).toThrow('NaN');
    const nothing = { toJSON: () => undefined };
    expect(() => canonicalDigest(nothing)).toThrow('JSON can hold');
  });
});
