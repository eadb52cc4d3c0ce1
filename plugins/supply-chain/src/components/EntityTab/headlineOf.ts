import { schema } from 'backstage-plugin-supply-chain-common';
import { Messages } from '../../translations/useMessages';
import { headline } from '../../translations/en/headline';
import { MessageKey } from '../../translations/ref';

const NAMED_REASONS = new Set(
  Object.keys(headline.reason).map(key => key.replace(/_(one|other)$/, '')),
);

function sharedBy(count: number, total: number, { t }: Messages) {
  return {
    count,
    images:
      total === 1
        ? t('headline.onlyOne')
        : t('headline.share', { count, total }),
  };
}

function worstSentence(worst: schema.WorstFinding, messages: Messages): string {
  const { t, label } = messages;
  const numbers = sharedBy(worst.images, worst.of, messages);
  if (worst.reason && NAMED_REASONS.has(worst.reason)) {
    return t(`headline.reason.${worst.reason}` as MessageKey, numbers);
  }
  return worst.reason
    ? t('headline.general', { ...numbers, label: label(worst.reason) })
    : t('headline.plain', numbers);
}

/**
 * The one sentence at the top: what is worst, with numbers, and how much cannot be told.
 */
export function headlineOf(
  report: schema.EntityReport,
  messages: Messages,
): string {
  const { t, meaning } = messages;
  const { outcome, worst, counts, images, pending, reason } = report;
  const counted = images.filter(image => image.counted).length;
  if (worst) {
    const rest =
      worst.outcome !== 'unknown' && counts.unknown > 0
        ? ` ${t('headline.alsoUnknown', { count: counts.unknown })}`
        : '';
    const waived =
      worst.outcome === 'waived' ? ` ${t('waivers.headline')}` : '';
    return `${worstSentence(worst, messages)}${waived}${rest}`;
  }
  if (counted === 0) {
    return t('headline.noImages');
  }
  if (outcome === 'pass') {
    return t('headline.pass', { count: counted });
  }
  if (outcome === 'notApplicable') {
    return t('headline.notApplicable');
  }
  if (reason) {
    return meaning(reason);
  }
  return pending > 0
    ? t('headline.pending')
    : t('headline.plain', sharedBy(counted, counted, messages));
}
