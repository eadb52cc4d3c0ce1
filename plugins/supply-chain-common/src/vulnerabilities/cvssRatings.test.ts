import { cvssRating, ratedBy, ratedByVendors } from './cvssRatings';

const V31 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const V40 = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N';
const V2 = 'AV:N/AC:L/Au:N/C:P/I:N/A:N';

describe('cvssRating', () => {
  it.each<[string, unknown, unknown, object | undefined]>([
    ['version 2', V2, undefined, { version: '2.0', vector: V2 }],
    ['version 2 in parentheses', `(${V2})`, '2.0', { vector: V2 }],
    ['version 3.1', V31, undefined, { version: '3.1', vector: V31 }],
    ['version 4', V40, '4.0', { version: '4.0', vector: V40 }],
    [
      'version 3 without its prefix',
      V31.slice('CVSS:3.1/'.length),
      '3.1',
      { version: '3.1', vector: V31 },
    ],
    ['a version it does not say', V31.slice(9), undefined, undefined],
    ['an unknown version', 'CVSS:9.0/AV:N', undefined, undefined],
    ['a text that is none', 'AV:N <script>', '3.1', undefined],
    ['no text', 7, '3.1', undefined],
    ['one that is too long', `CVSS:3.1/${'A'.repeat(300)}`, '3.1', undefined],
  ])('reads %s', (_what, vector, version, expected) => {
    const ratings = cvssRating({ source: 'nvd', vector, version });
    expect(ratings).toMatchObject(expected ? [expected] : []);
  });

  it('has the score of the vector, whatever is said beside it', () => {
    expect(cvssRating({ source: '', vector: V31 })).toMatchObject([
      { source: 'unknown', score: 9.8 },
    ]);
    expect(cvssRating({ source: 'nvd', vector: V40 })[0].score).toBe(9.3);
  });
});

describe('ratedByVendors', () => {
  it('reads every version of every vendor, in one order', () => {
    const [first, second] = [
      { V2Vector: V2 },
      { V3Vector: V31, V40Vector: V40 },
    ];
    const expected = [
      { source: 'a', version: '3.1', vector: V31, score: 9.8 },
      { source: 'a', version: '4.0', vector: V40, score: 9.3 },
      { source: 'b', version: '2.0', vector: V2, score: 5 },
    ];
    const rated = { cvss: expected, score: 9.8 };
    expect(ratedByVendors({ b: first, a: second })).toEqual(rated);
    expect(ratedByVendors({ a: second, b: first })).toEqual(rated);
  });

  it('computes scores, and believes one only where no vector of its version is', () => {
    const said = { V3Score: 3.1 };
    expect(ratedByVendors({ a: { V3Vector: V31, ...said } }).score).toBe(9.8);
    expect(ratedByVendors({ a: said, b: { V3Score: 7 } })).toEqual({
      score: 7,
      scoreStated: true,
    });
    expect(ratedByVendors({ nvd: said, b: { V3Score: 7 } }).score).toBe(3.1);
    expect(ratedByVendors({ a: { V3Score: 11 } })).toEqual({});
  });

  it('has none for what is none', () => {
    expect(ratedByVendors(undefined)).toEqual({});
    expect(ratedByVendors({ nvd: 7 })).toEqual({});
  });
});

describe('ratedBy', () => {
  const rating = (source: string, vector: string) =>
    cvssRating({ source, vector });
  const LOW = 'CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N';
  const HIGH = 'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N';

  it('takes the score of version 3 by NVD, else the highest', () => {
    const others = [
      ...rating('a', LOW),
      ...rating('b', HIGH),
      ...rating('c', V40),
    ];
    expect(ratedBy(others).score).toBe(7.5);
    expect(ratedBy([...others, ...rating('nvd@nist.gov', LOW)]).score).toBe(
      1.6,
    );
    expect(ratedBy(rating('c', V2))).not.toHaveProperty('score');
    expect(ratedBy([])).toEqual({});
  });
});
