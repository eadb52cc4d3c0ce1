import { Severity } from '../../../model/vulnerability';
import {
  isWithinThreshold,
  SeverityThreshold,
} from '../../../vulnerabilities/severityRank';
import { FactRead } from '../facts/factReads';
import { ExpressionProblem, invalid } from './expressionProblem';

/**
 * How long a fix may take is said by `no-fixable-vulnerability` alone: without it, or for severities it leaves out,
 * nothing is ever overdue and the rule would always pass.
 *
 * @param thresholds - what the rules `no-fixable-vulnerability` of the policy count
 */
export function overdueProblem(
  reads: readonly FactRead[],
  thresholds: readonly SeverityThreshold[],
): ExpressionProblem | undefined {
  const uncovered = reads.find(
    ({ root, path: [field, severity] }) =>
      root === 'scan' &&
      field === 'overdue' &&
      !thresholds.some(each =>
        isWithinThreshold((severity as Severity) ?? 'critical', each),
      ),
  );
  return (
    uncovered &&
    invalid(
      `"scan.${uncovered.path.join(
        '.',
      )}" needs a rule "no-fixable-vulnerability" in the same policy that covers it: that one says how long a fix may take`,
    )
  );
}
