import { CvssRating } from 'backstage-plugin-supply-chain-common';
import { shownScore } from './shownScore';

const rating = (
  version: CvssRating['version'],
  score: number,
  source = 'ghsa',
): CvssRating => ({ source, version, score, vector: `CVSS:${version}/x` });

describe('the score that is shown', () => {
  it.each<[string, Parameters<typeof shownScore>[0], object]>([
    [
      'of version 4 before the others',
      {
        cvss: [rating('2.0', 10), rating('3.1', 9), rating('4.0', 6.9)],
        score: 9,
      },
      { score: 6.9, scoreVersion: '4.0' },
    ],
    [
      'of version 3 before 2',
      { cvss: [rating('2.0', 10), rating('3.0', 7.5)], score: 7.5 },
      { score: 7.5, scoreVersion: '3.0' },
    ],
    [
      'of version 2 where there is no other',
      { cvss: [rating('2.0', 5), rating('2.0', 6.8)] },
      { score: 6.8, scoreVersion: '2.0' },
    ],
    [
      'by NVD before a higher one',
      { cvss: [rating('4.0', 9.3), rating('4.0', 8.7, 'nvd')] },
      { score: 8.7, scoreVersion: '4.0' },
    ],
    [
      'of some version 3 where it is only stated',
      { score: 7, scoreStated: true },
      { score: 7, scoreVersion: '3' },
    ],
    ['none where nobody rates it', {}, {}],
  ])('is %s', (_which, finding, expected) => {
    expect(shownScore(finding)).toEqual(expected);
  });
});
