import { Finding, Remediation, RemediationOwner } from '../model/finding';
import { Outcome, OUTCOMES_WORST_FIRST, worstOutcome } from '../model/outcome';
import type { ImageLink, NextStep } from '../schema/openapi';
import { compareText } from '../vulnerabilities/compareText';
import { JudgedImage } from './JudgedImage';
import { countedImages, MergedImage } from './mergeImages';
import { severityRank } from './worstFindingOf';

const SHOWN_STEPS = 3;
/** A step names images so that one can be opened; the table has them all. */
const LINKED_IMAGES = 10;

/**
 * Entity refs of who acts, where they are known.
 *
 * @public
 */
export type StepOwners = Partial<Record<RemediationOwner, string>>;

/**
 * What to do next: findings grouped by what fixes them, at most three, worst first.
 *
 * @public
 */
export function nextStepsOf(
  images: Iterable<JudgedImage>,
  owners: StepOwners = {},
): NextStep[] {
  const groups = new Map<string, Todo[]>();
  for (const todo of countedImages(images).flatMap(todosOf)) {
    const key = stepKey(todo);
    groups.set(key, [...(groups.get(key) ?? []), todo]);
  }
  return [...groups.entries()]
    .sort(byUrgency)
    .slice(0, SHOWN_STEPS)
    .map(([, group]) => stepOf(group, owners));
}

type Todo = { image: MergedImage; finding: Finding; remediation: Remediation };

const TO_DO: readonly Outcome[] = ['fail', 'unknown', 'warn'];

function todosOf(image: MergedImage): Todo[] {
  return image.findings.flatMap(finding =>
    finding.remediation && TO_DO.includes(finding.outcome)
      ? [{ image, finding, remediation: finding.remediation }]
      : [],
  );
}

function stepKey({ remediation }: Todo): string {
  const { who, action, parameters } = remediation;
  // The same update of the same packages is one fix; of others, another.
  const packages = action === 'upgradePackages' ? parameters.packages : '';
  return JSON.stringify([action, who, packages]);
}

function byUrgency(
  [leftKey, left]: [string, Todo[]],
  [rightKey, right]: [string, Todo[]],
): number {
  return (
    outcomeRank(left) - outcomeRank(right) ||
    worstSeverity(left) - worstSeverity(right) ||
    right.length - left.length ||
    compareText(leftKey, rightKey)
  );
}

function outcomeRank(group: Todo[]): number {
  return OUTCOMES_WORST_FIRST.indexOf(outcomeOf(group));
}

function outcomeOf(group: Todo[]): Outcome {
  return worstOutcome(group.map(({ finding }) => finding.outcome));
}

function worstSeverity(group: Todo[]): number {
  return Math.min(...group.map(({ finding }) => severityRank(finding)));
}

function stepOf(group: Todo[], owners: StepOwners): NextStep {
  const outcome = outcomeOf(group);
  const worst = group.find(({ finding }) => finding.outcome === outcome)!;
  const images = [...new Set(group.map(({ image }) => image))];
  const { command, ...remediation } = worst.remediation;
  const owner = owners[remediation.who];
  return {
    outcome,
    ...(worst.finding.reason && { reason: worst.finding.reason }),
    remediation: {
      ...remediation,
      parameters: { ...remediation.parameters, images: String(images.length) },
      // A command names one image.
      ...(command && images.length === 1 && { command }),
    },
    ...(owner && { owner }),
    findings: group.length,
    images: images.slice(0, LINKED_IMAGES).map(linkOf),
  };
}

function linkOf({ imageRef, repository, digest }: MergedImage): ImageLink {
  return {
    imageRef,
    ...(repository && { repository }),
    ...(digest && { digest }),
  };
}
