import {
  PolicyReportDetail,
  PolicyResult,
  worstFirst,
} from 'backstage-plugin-supply-chain-common';
import { ParseEntry } from './parseCheckResult';

/** Of one report; the worst are kept. */
const MAX_RESULTS = 500;

/**
 * Reads the entries of one report, each for itself.
 *
 * @internal
 */
export function collectResults(
  entries: readonly unknown[],
  options: {
    parse: ParseEntry;
    source: string;
    /** RFC 3339. */
    reportedAt: string;
    container?: string;
  },
): Pick<PolicyReportDetail, 'results' | 'leftOut'> {
  const { parse, source, container } = options;
  const read = entries.flatMap(entry => parse(entry, options) ?? []);
  const sorted = withInstances(read, container).sort(worstFirst);
  const leftOut: PolicyReportDetail['leftOut'] = [
    {
      reason: 'policyResultMalformed' as const,
      source,
      results: entries.length - read.length,
    },
    {
      reason: 'policyResultsTooMany' as const,
      source,
      results: Math.max(0, sorted.length - MAX_RESULTS),
    },
  ];
  return {
    results: sorted.slice(0, MAX_RESULTS),
    leftOut: leftOut.filter(({ results }) => results > 0),
  };
}

/** Two tokens in one file are two results, as the report counts them, and so is the same file in two containers. */
function withInstances(
  results: PolicyResult[],
  container: string | undefined,
): PolicyResult[] {
  const seen = new Map<string, number>();
  return results.map(result => {
    const key = JSON.stringify([result.policy, result.rule]);
    const number = (seen.get(key) ?? 0) + 1;
    seen.set(key, number);
    const instance = [container, number > 1 ? `#${number}` : undefined]
      .filter(Boolean)
      .join(' ');
    return { ...result, ...(instance && { instance }) };
  });
}
