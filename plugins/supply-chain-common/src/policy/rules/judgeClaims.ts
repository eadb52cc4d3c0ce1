import { earliestInstant } from '../earliestInstant';
import { RuleResult } from './rule';
import { ScanState } from './scanState';

/** L9: what was handed in and may not satisfy the rule fails it all the same, also where there is nothing else. */
export function judgeClaims(options: {
  state: ScanState;
  judged: RuleResult;
  /** What the rule says of a scan, taken as one of what runs. */
  judge: (state: ScanState) => RuleResult;
}): RuleResult {
  const { judged, judge } = options;
  const { selection } = options.state;
  const { claims, state } = selection;
  if (!claims || state === 'matched') {
    return judged;
  }
  const claimed = judge({
    selection: { ...selection, ...claims, state: 'matched' },
    isStale: false,
  });
  return claimed.outcome === 'fail'
    ? claimed
    : {
        ...judged,
        nextChangeAt: earliestInstant([
          judged.nextChangeAt,
          claimed.nextChangeAt,
        ]),
      };
}
