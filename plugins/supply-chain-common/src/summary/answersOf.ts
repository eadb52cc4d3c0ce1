import { Finding } from '../model/finding';
import { Outcome, worstOutcome } from '../model/outcome';
import { Verdict } from '../model/verdict';
import { BUILT_IN_RULES, isBuiltInRuleId } from '../policy/rules/builtInRules';
import { RuleQuestion } from '../policy/rules/rule';

/**
 * Outcomes by question. `scan` is the part of `vulnerabilities` that asks whether there is a fresh scan.
 *
 * @public
 */
export type ImageAnswers = Partial<Record<RuleQuestion | 'scan', Outcome>>;

/** The question a finding answers; `undefined` for rules that belong to none. */
export function questionOf(finding: Finding): RuleQuestion | undefined {
  const rule = finding.use ?? finding.ruleId;
  return isBuiltInRuleId(rule)
    ? BUILT_IN_RULES[rule].definition.question
    : undefined;
}

/** The answers the verdicts give: per question the worst of its findings. */
export function answersOf(verdicts: Pick<Verdict, 'findings'>[]): ImageAnswers {
  const findings = verdicts.flatMap(each => each.findings);
  const worst = (asks: (finding: Finding) => boolean) => {
    const outcomes = findings.filter(asks).map(({ outcome }) => outcome);
    return outcomes.length > 0 ? worstOutcome(outcomes) : undefined;
  };
  return withoutUndefined({
    signature: worst(each => questionOf(each) === 'signature'),
    provenance: worst(each => questionOf(each) === 'provenance'),
    registry: worst(each => questionOf(each) === 'registry'),
    vulnerabilities: worst(each => questionOf(each) === 'vulnerabilities'),
    scan: worst(each => (each.use ?? each.ruleId) === 'scan-fresh'),
  });
}

function withoutUndefined(answers: ImageAnswers): ImageAnswers {
  return Object.fromEntries(
    Object.entries(answers).filter(([, outcome]) => outcome !== undefined),
  );
}

/** The worst answers of several: an image that is wrong in one place is wrong. */
export function worstAnswers(all: ImageAnswers[]): ImageAnswers {
  const worst = (question: keyof ImageAnswers) => {
    const outcomes = all.flatMap(each => each[question] ?? []);
    return outcomes.length > 0 ? worstOutcome(outcomes) : undefined;
  };
  return withoutUndefined({
    signature: worst('signature'),
    provenance: worst('provenance'),
    registry: worst('registry'),
    vulnerabilities: worst('vulnerabilities'),
    scan: worst('scan'),
  });
}
