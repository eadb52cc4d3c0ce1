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
 * A CVSS base score; undefined for what is none.
 *
 * @public
 */
export function validScore(score: unknown): number | undefined {
  return typeof score === 'number' && score >= 0 && score <= 10
    ? score
    : undefined;
}
