import {
  schema,
  SEVERITIES_WORST_FIRST,
  shareOf,
} from 'backstage-plugin-supply-chain-common';
import { Messages } from '../../translations/useMessages';
import { MessageKey } from '../../translations/ref';
import { shortImageName } from '../../ui/imageName';
import { outcomeCountTexts } from '../../ui/PolicyCounts';

/** Built-in rules that were asked about the images; a green tile claims only what one of them proved. */
export type AskedRules = ReadonlySet<string>;

/**
 * The built-in rules behind the verdicts of an entity's images.
 */
export function askedRules(images: schema.ImageRow[]): AskedRules {
  return new Set(
    images
      .flatMap(image => image.verdicts)
      .flatMap(verdict => verdict.findings)
      .filter(({ outcome }) => outcome !== 'notApplicable')
      .map(({ ruleId }) => ruleId),
  );
}

type Question = schema.Tile['question'];

/** What stands for each question when these rules were asked and all of them pass; the first that fits. */
const PROVEN: Record<Question, readonly [MessageKey, ...string[]][]> = {
  signature: [['entity.tile.fact.signature', 'image-signed']],
  provenance: [
    ['entity.tile.fact.ownRepository', 'built-from-own-repository'],
    ['entity.tile.fact.provenance', 'provenance-verified'],
  ],
  registry: [
    ['entity.tile.fact.allowedAndPinned', 'registry-allowed', 'digest-pinned'],
    ['entity.tile.fact.allowed', 'registry-allowed'],
    ['entity.tile.fact.pinned', 'digest-pinned'],
  ],
  vulnerabilities: [
    ['entity.tile.fact.nothingOverdue', 'no-fixable-vulnerability'],
    ['entity.tile.fact.scanned', 'scan-fresh'],
  ],
  policy: [],
};

function provenFact(question: Question, asked: AskedRules): MessageKey {
  const fact = PROVEN[question].find(([, ...rules]) =>
    rules.every(rule => asked.has(rule)),
  );
  return fact?.[0] ?? 'entity.tile.fact.everyRule';
}

function reasonText(
  tile: schema.Tile,
  rules: AskedRules,
  { t, label }: Messages,
): string {
  const [first] = tile.reasons;
  if (!first) {
    return tile.outcome === 'notApplicable'
      ? t('entity.tile.notApplicable')
      : t(provenFact(tile.question, rules));
  }
  // Where there is but one image, its name says nothing.
  const among = Object.values(tile.counts).reduce((sum, one) => sum + one, 0);
  const text =
    first.example && among > 1
      ? t('entity.tile.example', {
          image: shortImageName(first.example),
          label: label(first.code),
        })
      : label(first.code);
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

/** What is known to be exploited comes first, where there is any. */
function vulnerabilityTexts(
  { exploited = 0, fixable }: schema.Tile,
  { t }: Messages,
): string[] {
  return [
    ...(exploited > 0
      ? [t('vulnerabilities.exploited', { count: exploited })]
      : []),
    ...(fixable !== undefined
      ? [t('vulnerabilities.fixable', { count: fixable })]
      : []),
  ];
}

function policyText(tile: schema.Tile, messages: Messages): TileText {
  const { t, label, meaning } = messages;
  const [worst, ...others] = outcomeCountTexts(tile.counts, t);
  const { pass } = tile.counts;
  const passes = pass > 0 ? t('entity.tile.passes', { count: pass }) : '';
  const details = tile.reasons[0] && meaning(tile.reasons[0].code);
  if (worst) {
    const beside = [...others, ...(passes ? [passes] : [])].join(' · ');
    const reason = tile.reasons[0] ? label(tile.reasons[0].code) : '';
    return { number: worst, reason: beside || reason, details };
  }
  return pass > 0
    ? {
        number: t('entity.tile.allPass'),
        reason: t('images', { count: pass }),
      }
    : { number: t('dash'), reason: t('entity.tile.notApplicable') };
}

/** Number and reason of a tile, and what the reason means in full. */
export type TileText = { number: string; reason: string; details?: string };

/**
 * What a tile says: a number and why.
 */
export function tileText(
  tile: schema.Tile,
  rules: AskedRules,
  messages: Messages,
): TileText {
  const { t, meaning } = messages;
  if (!tile.evaluated) {
    return { number: t('dash'), reason: t('entity.tile.notEvaluated') };
  }
  const reason = reasonText(tile, rules, messages);
  const details = tile.reasons[0] && meaning(tile.reasons[0].code);
  switch (tile.question) {
    case 'vulnerabilities':
      return {
        number: worstSeverityText(tile, messages),
        reason: [...vulnerabilityTexts(tile, messages), reason].join(' · '),
        details,
      };
    case 'policy':
      return policyText(tile, messages);
    case 'signature':
    case 'provenance':
    case 'registry':
      return { number: shareText(tile, messages), reason, details };
    default:
      throw new TypeError(`Unknown question '${tile.question}'`);
  }
}
