import { cvssByVendor, cvssRating, ratedBy } from './cvssRatings';

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

  it('keeps a score only where it is one', () => {
    const scored = (score: unknown) =>
      cvssRating({ source: '', vector: V31, score });
    expect(scored(9.8)).toMatchObject([{ source: 'unknown', score: 9.8 }]);
    expect(scored(11)[0]).not.toHaveProperty('score');
  });
});

describe('cvssByVendor', () => {
  it('reads every version of every vendor, in one order', () => {
    const [first, second] = [
      { V2Vector: V2 },
      { V3Vector: V31, V40Vector: V40 },
    ];
    const expected = [
      { source: 'a', version: '3.1', vector: V31 },
      { source: 'a', version: '4.0', vector: V40 },
      { source: 'b', version: '2.0', vector: V2 },
    ];
    expect(cvssByVendor({ b: first, a: second })).toEqual(expected);
    expect(cvssByVendor({ a: second, b: first })).toEqual(expected);
  });

  it('has none for what is none', () => {
    expect(cvssByVendor(undefined)).toBeUndefined();
    expect(cvssByVendor({ nvd: 7 })).toBeUndefined();
  });
});

describe('ratedBy', () => {
  const rating = (source: string, score: number, vector = V31) =>
    cvssRating({ source, vector, score });

  it('takes the score of version 3 by NVD, else the highest', () => {
    const others = [
      ...rating('a', 5),
      ...rating('b', 7),
      ...rating('c', 10, V2),
    ];
    expect(ratedBy(others).score).toBe(7);
    expect(ratedBy([...others, ...rating('nvd@nist.gov', 6)]).score).toBe(6);
    expect(ratedBy(rating('c', 10, V2))).not.toHaveProperty('score');
    expect(ratedBy([])).toEqual({});
  });
});
