import { ImageVex } from '../../vulnerabilities/vex';
import { earliestInstant } from '../earliestInstant';
import { rootsOfPolicies } from '../rootsOfPolicies';
import { scanMaxAgeHours } from '../scanMaxAgeHours';
import { RuleContext, RuleResult } from './rule';
import {
  CountedScanState,
  missingScan,
  ScanState,
  scanStateOf,
} from './scanState';
import { subjectProblem } from './subjectProblem';

/** Judges an image by what its scans found: what is missing to do so, and what was handed in, is the same for all rules. */
export function judgeScans(
  context: RuleContext<'no-fixable-vulnerability' | 'no-known-exploited'>,
  /** What the rule says of a scan, taken as one of what runs, and of what VEX leaves of it. */
  judgeCounted: (state: CountedScanState) => RuleResult,
): RuleResult {
  const { facts, policy, trustRoots, now, parameters } = context;
  const problem = subjectProblem(facts);
  if (problem) {
    return problem;
  }
  const roots = rootsOfPolicies([policy], trustRoots);
  const state = scanStateOf({
    facts,
    now,
    maxAgeHours: scanMaxAgeHours([policy]),
    minTrust: parameters.minTrust,
    roots,
  });
  const { vexMinTrust: minTrust } = parameters;
  const vex = ImageVex.of({ facts, roots, minTrust, now });
  const judge = (each: ScanState) => withVex(each, vex, judgeCounted);
  const judged = missingScan(facts, state) ?? judge(state);
  return withClaims(judged, state, judge);
}

function withVex(
  state: ScanState,
  vex: ImageVex,
  judge: (state: CountedScanState) => RuleResult,
): RuleResult {
  const { counted, excluded, nextChangeAt } = vex.split(
    state.selection.findings,
  );
  const judged = judge({
    ...state,
    selection: { ...state.selection, findings: counted },
    excluded,
  });
  return {
    ...judged,
    nextChangeAt: earliestInstant([judged.nextChangeAt, nextChangeAt]),
  };
}

/** L9: what was handed in and may not satisfy the rule fails it all the same, also where there is nothing else. */
function withClaims(
  judged: RuleResult,
  { selection }: ScanState,
  judge: (state: ScanState) => RuleResult,
): RuleResult {
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
