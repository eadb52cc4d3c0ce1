import { Finding, RuleSeverity } from '../model/finding';
import { Outcome, worstOutcome } from '../model/outcome';
import type { WorstFinding } from '../schema/openapi';
import { compareText } from '../vulnerabilities/compareText';
import { JudgedImage } from './JudgedImage';
import { countedImages, MergedImage } from './mergeImages';

/** Every severity of a rule, worst first. */
export const RULE_SEVERITIES_WORST_FIRST: readonly RuleSeverity[] = [
  'critical',
  'high',
  'medium',
  'low',
  'info',
];

/**
 * What the sentence at the top names: the finding that makes the outcome, by severity, then by how many images it
 * concerns. `undefined` when there is nothing to name.
 *
 * @public
 */
export function worstFindingOf(
  images: Iterable<JudgedImage>,
): WorstFinding | undefined {
  const counted = countedImages(images);
  const outcome = worstOutcome(counted.map(each => each.outcome));
  if (outcome === 'pass' || outcome === 'notApplicable') {
    return undefined;
  }
  return (
    fromFindings(counted, outcome) ?? {
      ...withoutFindings(counted, outcome),
      of: counted.length,
    }
  );
}

type Group = { finding: Finding; images: MergedImage[] };

function fromFindings(
  images: MergedImage[],
  outcome: Outcome,
): WorstFinding | undefined {
  const groups = new Map<string, Group>();
  for (const image of images) {
    for (const finding of image.findings) {
      if (finding.outcome === outcome) {
        const key = JSON.stringify([finding.ruleId, finding.reason]);
        const group = groups.get(key) ?? { finding, images: [] };
        groups.set(key, group);
        if (!group.images.includes(image)) {
          group.images.push(image);
        }
      }
    }
  }
  const [worst] = [...groups.values()].sort(bySeverity);
  return (
    worst && {
      ruleId: worst.finding.ruleId,
      ...(worst.finding.reason && { reason: worst.finding.reason }),
      outcome,
      images: worst.images.length,
      of: images.length,
      imageRef: worst.images[0].imageRef,
    }
  );
}

function bySeverity(left: Group, right: Group): number {
  return (
    severityRank(left.finding) - severityRank(right.finding) ||
    right.images.length - left.images.length ||
    compareText(left.finding.ruleId, right.finding.ruleId) ||
    compareText(left.finding.reason ?? '', right.finding.reason ?? '')
  );
}

/** Where a finding's severity stands; 0 is worst. */
export function severityRank({ severity }: Pick<Finding, 'severity'>): number {
  return RULE_SEVERITIES_WORST_FIRST.indexOf(severity);
}

/** For instance when no policy is loaded. */
function withoutFindings(
  images: MergedImage[],
  outcome: Outcome,
): Omit<WorstFinding, 'of'> {
  const concerned = images.filter(each => each.outcome === outcome);
  const [{ reason, imageRef }] = concerned;
  return {
    ...(reason && { reason }),
    outcome,
    images: concerned.length,
    imageRef,
  };
}
