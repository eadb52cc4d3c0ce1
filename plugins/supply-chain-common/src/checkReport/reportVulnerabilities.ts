import { matchPolicy } from '../policy/evaluation/matchPolicy';
import { BUILT_IN_RULES, isBuiltInRuleId } from '../policy/rules/builtInRules';
import { PolicySet } from '../policy/types';
import { vulnerabilityFigures } from '../summary/vulnerabilitySummary';
import { ReportedVulnerabilities } from './CheckReport';
import type { CheckedImage } from './checkReportOf';

/** The block about scans; `undefined` when nobody asks and nothing was handed in. */
export function reportVulnerabilities(
  { facts }: CheckedImage,
  { policySet, now }: { policySet: PolicySet; now: Date },
): ReportedVulnerabilities | undefined {
  const { policies, trustRoots } = policySet;
  const isAsked = policies
    .filter(policy => matchPolicy(policy, facts).matches)
    .some(({ rules }) => rules.some(isAboutScans));
  if (!isAsked && facts.scans.length === 0) {
    return undefined;
  }
  const { summary } = vulnerabilityFigures({
    facts,
    policies,
    trustRoots,
    now,
  });
  const { status, reason, counts, fixable, notAffected, scannedAt, scanner } =
    summary;
  return {
    status,
    ...(reason && { reason }),
    ...(counts && { counts, fixable }),
    ...(notAffected && { notAffected }),
    ...(scannedAt && { scannedAt }),
    ...(scanner && { scanner }),
  };
}

function isAboutScans({ use }: { use?: string }): boolean {
  return (
    use !== undefined &&
    isBuiltInRuleId(use) &&
    BUILT_IN_RULES[use].definition.question === 'vulnerabilities'
  );
}
