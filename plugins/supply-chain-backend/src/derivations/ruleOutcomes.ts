import {
  Outcome,
  OUTCOMES_WORST_FIRST,
  Verdict,
} from 'backstage-plugin-supply-chain-common';

/**
 * What a verdict and each of its rules come to, one digit each: the verdict first, then the rules in the order of the
 * policy. 0 is the worst (L18), so the smallest of several digits is the worst of several answers.
 */
export function ruleOutcomesOf(
  verdict: Pick<Verdict, 'outcome' | 'findings'>,
): string {
  return [verdict, ...verdict.findings]
    .map(({ outcome }) => outcomeDigit(outcome))
    .join('');
}

/** The digit of an outcome. */
export function outcomeDigit(outcome: Outcome): string {
  return String(OUTCOMES_WORST_FIRST.indexOf(outcome));
}

/** Where the digit of a rule stands, counted from 1 as SQL does; that of the verdict without a rule. */
export function digitPosition(rule?: number): number {
  return rule === undefined ? 1 : rule + 2;
}

/**
 * Reads what {@link ruleOutcomesOf} wrote of one image in several places, the worst of each; `undefined` when it is not
 * about a policy with so many rules.
 */
export function worstRuleOutcomes(
  places: readonly string[],
  rules: number,
): { verdict: Outcome; rules: Outcome[] } | undefined {
  if (places.length === 0 || places.some(each => each.length !== rules + 1)) {
    return undefined;
  }
  const [verdict, ...others] = [...places[0]].map((_, position) => {
    const digits = places.map(each => Number(each[position]));
    return OUTCOMES_WORST_FIRST[Math.min(...digits)];
  });
  return { verdict, rules: others };
}
