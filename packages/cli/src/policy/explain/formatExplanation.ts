import { Finding, Verdict } from 'backstage-plugin-supply-chain-common';
import { escapeLogText } from '../../report/outputs/escapeLogText';
import { OUTCOME_WORDS } from '../../report/outputs/summaryOf';
import type { Explanation } from './explainCommand';

type Coverage = Explanation['coverage'][number];

const OUTCOME_WIDTH = 12;

/** One image as people read it. */
export function formatExplanation(explanation: Explanation): string {
  const { image, facts, coverage, evaluation } = explanation;
  const { outcome, reason, verdicts } = evaluation;
  const why = reason ? ` (${reason})` : '';
  return [
    `${OUTCOME_WORDS[outcome]}  ${image}${why}`,
    `  digest ${facts.image.digest ?? 'not known'}`,
    ...coverage.flatMap(each => {
      const verdict = verdicts.find(
        ({ policy }) => policy.name === each.policy.name,
      );
      return verdict ? verdictLines(verdict) : keptOutLines(each);
    }),
  ]
    .map(line => `${escapeLogText(line)}\n`)
    .join('');
}

function verdictLines(verdict: Verdict): string[] {
  const { policy, contextMissing = [], findings } = verdict;
  const taken =
    contextMissing.length > 0
      ? `; not known here and taken as matching: ${contextMissing.join(', ')}`
      : '';
  return [
    `  policy ${policy.name}: covers it${taken}`,
    ...findings.flatMap(findingLines),
  ];
}

function findingLines(finding: Finding): string[] {
  const { ruleId, outcome, reason, message, facts, waiver } = finding;
  const word = OUTCOME_WORDS[outcome].toLocaleLowerCase('en-US');
  const why = reason ? ` (${reason})` : '';
  return [
    `    ${word.padEnd(OUTCOME_WIDTH)}${ruleId}${why}: ${message}`,
    ...Object.entries(facts).map(
      ([name, value]) => `${' '.repeat(OUTCOME_WIDTH + 6)}${name} = ${value}`,
    ),
    ...(waiver
      ? [
          `${' '.repeat(OUTCOME_WIDTH + 6)}waiver ${waiver.name}: ${
            waiver.outcome
          } is waived until ${waiver.expires}`,
        ]
      : []),
  ];
}

function keptOutLines({ policy, keptOutBy }: Coverage): string[] {
  return [
    `  policy ${policy.name}: does not cover it`,
    ...keptOutBy.map(({ key, wanted, found }) => {
      const wants = wanted.join(', ') || 'any';
      return `    ${key}: it is about ${wants}; here it is ${
        found.join(', ') || 'none'
      }`;
    }),
  ];
}
