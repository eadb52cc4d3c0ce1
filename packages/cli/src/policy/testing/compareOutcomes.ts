import { ImageEvaluation } from 'backstage-plugin-supply-chain-common';
import { PolicyTestCase } from './readPolicyTests';

/** What differs from what is expected. */
export type Mismatch = { what: string; expected: string; actual: string };

/** Compares what policies say with what a case expects; empty when they agree. */
export function compareOutcomes(
  { outcome, rules }: PolicyTestCase['expected'],
  evaluation: ImageEvaluation,
): Mismatch[] {
  const said = findingsOf(evaluation);
  const comparisons: Mismatch[] = [
    ...(outcome === undefined
      ? []
      : [{ what: 'outcome', expected: outcome, actual: written(evaluation) }]),
    ...Object.entries(rules).map(([rule, expected]) => ({
      what: rule,
      expected,
      actual: saidOf(said, rule),
    })),
  ];
  return comparisons.filter(
    ({ expected, actual }) => !agrees(expected, actual),
  );
}

type Said = { policy: string; ruleId: string; text: string };

function findingsOf({ verdicts }: ImageEvaluation): Said[] {
  return verdicts.flatMap(({ findings }) =>
    findings.map(finding => ({
      policy: finding.policy,
      ruleId: finding.ruleId,
      text: written(finding),
    })),
  );
}

function saidOf(said: Said[], rule: string): string {
  const found = said.filter(
    ({ policy, ruleId }) => rule === `${policy}/${ruleId}` || rule === ruleId,
  );
  if (found.length > 1) {
    const names = found.map(({ policy, ruleId }) => `${policy}/${ruleId}`);
    return `several: ${names.join(', ')}`;
  }
  return found[0]?.text ?? 'not evaluated';
}

function written({
  outcome,
  reason,
}: {
  outcome: string;
  reason?: string;
}): string {
  return reason ? `${outcome}(${reason})` : outcome;
}

/** An expectation without a reason is about the outcome alone. */
function agrees(expected: string, actual: string): boolean {
  return expected.includes('(')
    ? expected === actual
    : expected === actual.split('(')[0];
}
