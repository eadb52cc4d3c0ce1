import { isRecord } from '../kubernetes/KubernetesObject';
import { Severity } from '../model/vulnerability';

const SEVERITIES: Record<string, Severity> = {
  CRITICAL: 'critical',
  HIGH: 'high',
  MEDIUM: 'medium',
  LOW: 'low',
  NEGLIGIBLE: 'negligible',
  NONE: 'negligible',
  INFO: 'negligible',
};

/**
 * The severity a scanner writes, in whatever case; what is not known is `unknown`, never harmless.
 *
 * @public
 */
export function severityOf(text: unknown): Severity {
  return typeof text === 'string'
    ? SEVERITIES[text.toUpperCase()] ?? 'unknown'
    : 'unknown';
}

/**
 * The CVSS v3 base score of a finding with scores by vendor: NVD's, else the highest, so that it does not depend on
 * their order.
 *
 * @returns undefined when no vendor gives one.
 * @public
 */
export function baseScoreOf(cvss: unknown): number | undefined {
  const vendors = isRecord(cvss) ? cvss : {};
  const scores = Object.entries(vendors).flatMap(([vendor, entry]) => {
    const score = isRecord(entry) ? validScore(entry.V3Score) : undefined;
    return score === undefined ? [] : [{ vendor, score }];
  });
  const nvd = scores.find(({ vendor }) => vendor === 'nvd')?.score;
  return nvd ?? scores.map(({ score }) => score).sort((a, b) => b - a)[0];
}

/**
 * A CVSS base score; undefined for what is none.
 *
 * @public
 */
export function validScore(score: unknown): number | undefined {
  return typeof score === 'number' && score >= 0 && score <= 10
    ? score
    : undefined;
}
