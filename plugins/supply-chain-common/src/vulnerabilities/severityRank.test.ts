import { SEVERITIES_WORST_FIRST, Severity } from '../model/vulnerability';
import { distinctFindings } from './distinctFindings';
import { isWithinThreshold, worstSeverity } from './severityRank';
import { vulnerability } from '../testing/exampleFacts';

describe('a severity that nobody gives', () => {
  it('is listed above low', () => {
    expect(SEVERITIES_WORST_FIRST).toEqual([
      'critical',
      'high',
      'medium',
      'unknown',
      'low',
      'negligible',
    ]);
  });

  it.each<[Severity, boolean | undefined]>([
    ['critical', undefined],
    ['negligible', undefined],
    ['unknown', true],
  ])('is neither within "%s" nor below it', (severity, expected) => {
    expect(isWithinThreshold('unknown', { severity })).toBe(expected);
  });

  it('is what the policy says', () => {
    const threshold = { severity: 'high', unknownAs: 'high' } as const;
    expect(isWithinThreshold('unknown', threshold)).toBe(true);
    expect(
      isWithinThreshold('unknown', { ...threshold, unknownAs: 'medium' }),
    ).toBe(false);
    expect(isWithinThreshold('medium', threshold)).toBe(false);
  });

  it('takes the place of no rating', () => {
    expect(worstSeverity(['unknown', 'low'])).toBe('low');
    expect(worstSeverity(['unknown'])).toBe('unknown');
    expect(worstSeverity([])).toBeUndefined();
    const low = vulnerability({ severity: 'low' });
    const unrated = vulnerability({ severity: 'unknown' });
    expect(distinctFindings([unrated, low])).toEqual([low]);
  });
});
