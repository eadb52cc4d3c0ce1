import { fromVector } from 'ae-cvss-calculator';
import { Severity } from '../model/vulnerability';
import { BoundedCache } from '../text/BoundedCache';

/** The same few thousand vectors stand in every report, and one of version 4 takes a fifth of a millisecond. */
const KEPT_VECTORS = 5_000;

/** Of an unknown version the library reads what it knows. */
const KNOWN_VERSION = /^(?:CVSS:(?:3\.0|3\.1|4\.0)\/|AV:)/;

const scores = new BoundedCache<{ score?: number }>(KEPT_VECTORS);

/**
 * The base score of a CVSS vector of version 2.0, 3.0, 3.1 or 4.0, 0 to 10, computed from its base metrics alone.
 *
 * @returns undefined for what is no such vector: an unknown metric or value, a base metric left out, a metric twice.
 * @see https://www.first.org/cvss/v3.1/specification-document#Vector-String
 */
export function baseScoreOfVector(vector: string): number | undefined {
  return scores.get(vector, () => ({ score: compute(vector) })).score;
}

function compute(vector: string): number | undefined {
  // The library takes the last of two values; the specification allows no metric twice.
  const metrics = vector.split('/').map(part => part.split(':')[0]);
  const distinct = new Set(metrics).size === metrics.length;
  const parsed =
    distinct && KNOWN_VERSION.test(vector) ? fromVector(vector) : undefined;
  if (!parsed?.isBaseFullyDefined()) {
    return undefined;
  }
  // In version 4 what is known of exploits changes the score of the whole vector; the base metrics have their own.
  const { base, baseMetricsOnly = base } = parsed.calculateScores() as {
    base?: number;
    baseMetricsOnly?: number;
  };
  return baseMetricsOnly;
}

/**
 * The severity a score amounts to. Version 2 has neither critical nor none.
 *
 * @see https://nvd.nist.gov/vuln-metrics/cvss
 */
export function severityOfScore(
  score: number,
  { isVersion2 = false }: { isVersion2?: boolean } = {},
): Severity {
  if (score >= 9 && !isVersion2) {
    return 'critical';
  }
  if (score >= 7) {
    return 'high';
  }
  if (score >= 4) {
    return 'medium';
  }
  return score > 0 || isVersion2 ? 'low' : 'negligible';
}
