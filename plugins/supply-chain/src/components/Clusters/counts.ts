import { schema } from 'backstage-plugin-supply-chain-common';
import { Messages } from '../../translations/useMessages';

const STATUSES = ['fail', 'notEvaluated', 'pass'] as const;

/**
 * How many controls came out how, those that occur; what nobody evaluated is always said aloud.
 */
export function controlsText(
  counts: schema.ControlCounts,
  { t }: Messages,
): string {
  return STATUSES.filter(status => counts[status] > 0)
    .map(status => t(`clusters.controls.${status}`, { count: counts[status] }))
    .join(' · ');
}

/**
 * All frameworks of a cluster together.
 */
export function sumOfControls(
  frameworks: readonly schema.ComplianceFramework[],
): schema.ControlCounts {
  const sum = { fail: 0, notEvaluated: 0, pass: 0 };
  for (const { controls } of frameworks) {
    STATUSES.forEach(status => {
      sum[status] += controls[status];
    });
  }
  return sum;
}

/**
 * How many checks fail, and on how many objects.
 */
export function failingText(
  counts: { checks: number; objects?: number },
  { t }: Messages,
): string {
  const { checks, objects } = counts;
  return checks === 0
    ? t('clusters.checkCounts.none')
    : [
        t('clusters.checkCounts.checks', { count: checks }),
        ...(objects === undefined
          ? []
          : [t('clusters.checkCounts.objects', { count: objects })]),
      ].join(' ');
}
