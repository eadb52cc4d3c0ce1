import {
  countOutcomes,
  Outcome,
  OUTCOMES_WORST_FIRST,
} from 'backstage-plugin-supply-chain-common';
import { VerifyReport } from '../verifyReport';

/** What people read for an outcome. */
export const OUTCOME_WORDS: Record<Outcome, string> = {
  pass: 'PASS',
  fail: 'FAIL',
  warn: 'WARN',
  unknown: 'UNKNOWN',
  waived: 'WAIVED',
  notApplicable: 'NOT COVERED',
};

/** One line over all images. */
export function summaryOf({ results }: VerifyReport): string {
  const counts = countOutcomes(results.map(({ outcome }) => outcome));
  const parts = OUTCOMES_WORST_FIRST.filter(outcome => counts[outcome] > 0).map(
    outcome =>
      `${counts[outcome]} ${OUTCOME_WORDS[outcome].toLocaleLowerCase('en-US')}`,
  );
  const noun = results.length === 1 ? 'image' : 'images';
  return `${results.length} ${noun}: ${parts.join(', ')}`;
}
