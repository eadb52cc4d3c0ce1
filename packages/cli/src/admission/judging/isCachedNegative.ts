import {
  BUILT_IN_RULES,
  Finding,
  ImageEvaluation,
  isBuiltInRuleId,
} from 'backstage-plugin-supply-chain-common';

const REGISTRY_QUESTIONS: readonly string[] = ['signature', 'provenance'];

/**
 * Whether a negative rests on what a registry held some time ago: people sign after they push, so that admission looks
 * again before it says so (L7).
 */
export function isCachedNegative({
  verdicts,
}: Pick<ImageEvaluation, 'verdicts'>): boolean {
  return verdicts.some(({ findings }) =>
    findings.some(
      finding =>
        (finding.outcome === 'fail' || finding.outcome === 'unknown') &&
        dependsOnRegistry(finding),
    ),
  );
}

function dependsOnRegistry({ use, ruleId }: Finding): boolean {
  const id = use ?? ruleId;
  // A rule of somebody's own may ask for anything.
  return (
    !isBuiltInRuleId(id) ||
    REGISTRY_QUESTIONS.includes(BUILT_IN_RULES[id].definition.question)
  );
}
