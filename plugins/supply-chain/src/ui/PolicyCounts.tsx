import { schema } from 'backstage-plugin-supply-chain-common';
import { Messages, useMessages } from '../translations/useMessages';

/**
 * Outcomes in words, worst first, those that occur: `1 fails · 1 waived · 1 can't tell`.
 */
export function outcomeCountText(
  counts: schema.OutcomeCounts,
  t: Messages['t'],
): string {
  const parts: string[] = [];
  if (counts.fail > 0) {
    parts.push(t('entity.tile.fails', { count: counts.fail }));
  }
  if (counts.unknown > 0) {
    parts.push(t('entity.tile.unknown', { count: counts.unknown }));
  }
  if (counts.warn > 0) {
    parts.push(t('entity.tile.warnings', { count: counts.warn }));
  }
  if (counts.waived > 0) {
    parts.push(t('entity.tile.waived', { count: counts.waived }));
  }
  if (parts.length === 0 && counts.pass > 0) {
    parts.push(t('overview.table.allPass'));
  }
  return parts.join(' · ') || t('dash');
}

/**
 * Outcomes in words.
 */
export function PolicyCounts(props: { counts: schema.OutcomeCounts }) {
  const { t } = useMessages();
  return <>{outcomeCountText(props.counts, t)}</>;
}
