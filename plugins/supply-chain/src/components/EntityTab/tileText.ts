import {
  schema,
  SEVERITIES_WORST_FIRST,
  shareOf,
} from 'backstage-plugin-supply-chain-common';
import { Messages } from '../../translations/useMessages';
import { shortImageName } from '../../ui/imageName';
import { outcomeCountText } from '../../ui/PolicyCounts';

function reasonText(tile: schema.Tile, messages: Messages): string {
  const { t, meaning } = messages;
  const [first] = tile.reasons;
  if (!first) {
    return tile.outcome === 'notApplicable'
      ? t('entity.tile.notApplicable')
      : t('entity.tile.allWell');
  }
  const text = first.example
    ? t('entity.tile.example', {
        image: shortImageName(first.example),
        meaning: meaning(first.code),
      })
    : meaning(first.code);
  return first.images > 1
    ? `${text} ${t('entity.tile.more', { count: first.images - 1 })}`
    : text;
}

function shareText(tile: schema.Tile, { t }: Messages): string {
  const { pass, applicable } = shareOf(tile.counts);
  return applicable === 0
    ? t('dash')
    : t('entity.tile.share', { pass, total: applicable });
}

function worstSeverityText(tile: schema.Tile, { t }: Messages): string {
  const { severities } = tile;
  if (!severities) {
    return t('entity.tile.noScan');
  }
  const worst = SEVERITIES_WORST_FIRST.find(name => severities[name] > 0);
  if (worst) {
    return t('entity.tile.severities', {
      count: severities[worst],
      severity: t(`severity.${worst}`),
    });
  }
  // A scan that found nothing proves nothing while another is missing or stale (L8).
  return tile.counts.unknown > 0
    ? t('outcome.rule.unknown')
    : t('vulnerabilities.none');
}

/** Number and reason of a tile. */
export type TileText = { number: string; reason: string };

/**
 * What a tile says: a number and why.
 */
export function tileText(tile: schema.Tile, messages: Messages): TileText {
  const { t } = messages;
  if (!tile.evaluated) {
    return { number: t('dash'), reason: t('entity.tile.notEvaluated') };
  }
  const reason = reasonText(tile, messages);
  switch (tile.question) {
    case 'vulnerabilities':
      return {
        number: worstSeverityText(tile, messages),
        reason:
          tile.fixable === undefined
            ? reason
            : `${t('vulnerabilities.fixable', {
                count: tile.fixable,
              })} · ${reason}`,
      };
    case 'policy':
      return {
        number: t(`outcome.rule.${tile.outcome}`),
        reason: outcomeCountText(tile.counts, t),
      };
    case 'signature':
    case 'provenance':
    case 'registry':
      return { number: shareText(tile, messages), reason };
    default:
      throw new TypeError(`Unknown question '${tile.question}'`);
  }
}
