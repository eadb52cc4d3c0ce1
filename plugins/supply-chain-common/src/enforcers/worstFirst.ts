import {
  POLICY_RESULTS_WORST_FIRST,
  POLICY_SEVERITIES_WORST_FIRST,
  PolicyResult,
} from '../model/policyReport';

/**
 * Sorts results: by what came out, then by severity. One without severity stands behind those with one.
 *
 * @public
 */
export function worstFirst(
  left: Pick<PolicyResult, 'result' | 'severity'>,
  right: Pick<PolicyResult, 'result' | 'severity'>,
): number {
  return (
    POLICY_RESULTS_WORST_FIRST.indexOf(left.result) -
      POLICY_RESULTS_WORST_FIRST.indexOf(right.result) ||
    severityRank(left) - severityRank(right)
  );
}

function severityRank({ severity }: Pick<PolicyResult, 'severity'>): number {
  return severity
    ? POLICY_SEVERITIES_WORST_FIRST.indexOf(severity)
    : POLICY_SEVERITIES_WORST_FIRST.length;
}
