import { schema } from 'backstage-plugin-supply-chain-common';
import { Messages, useMessages } from '../translations/useMessages';

/**
 * Outcomes that are not passes, in words, worst first: `1 fails`, `1 can't tell`, `1 waived`.
 */
export function outcomeCountTexts(
  counts: schema.OutcomeCounts,
  t: Messages['t'],
): string[] {
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
  return parts;
}

/**
 * Outcomes in words, those that occur: `1 fails · 1 waived · 1 can't tell`.
 */
export function PolicyCounts(props: { counts: schema.OutcomeCounts }) {
  const { counts } = props;
  const { t } = useMessages();
  const parts = outcomeCountTexts(counts, t);
  if (parts.length === 0) {
    return <>{t(counts.pass > 0 ? 'overview.table.allPass' : 'dash')}</>;
  }
  return <>{parts.join(' · ')}</>;
}
