import { fixedVersionOf, parseRecommendation } from './recommendation';

const fixOf = (recommendation: unknown) =>
  fixedVersionOf(parseRecommendation(recommendation), 'qs');

describe('fixedVersionOf', () => {
  it.each<[unknown, string | undefined]>([
    ['Upgrade qs to version 6.5.3', '6.5.3'],
    ['Upgrade qs to version 6.0.3.1, 5.2.4.3', '6.0.3.1, 5.2.4.3'],
    ['Update to version 2.6.0 or later.', '2.6.0'],
    ['Upgrade to version v2.6.0.', 'v2.6.0'],
    ['Upgrade a to version 1; Upgrade qs to version 2', '2'],
    ['Upgrade a to version 1; Upgrade b to version 3', '1'],
    ['No direct patch is available...', undefined],
    ['Upgrade', undefined],
    ['Upgrade to version soon', undefined],
    ['', undefined],
    [7, undefined],
  ])('reads "%s"', (recommendation, expected) => {
    expect(fixOf(recommendation)).toBe(expected);
  });

  it('is not slow on a text made to be', () => {
    const text = `to version 1${', 1'.repeat(5_000)}`;
    expect(fixOf(text)?.length).toBeLessThan(100);
    expect(fixOf('to versions '.repeat(1_300))).toBeUndefined();
  });
});
