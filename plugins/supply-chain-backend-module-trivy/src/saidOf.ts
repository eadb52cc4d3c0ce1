import {
  httpsLink,
  instant,
  isRecord,
  ratedByVendors,
  shortText,
  statedScore,
  validScore,
  VulnerabilityFinding,
} from 'backstage-plugin-supply-chain-common';
import { Json } from './reportContent';

/**
 * What a report says of a vulnerability, and not of the package that has it.
 *
 * @internal
 */
export type Said = Pick<
  VulnerabilityFinding,
  'title' | 'link' | 'score' | 'scoreStated' | 'cvss' | 'publishedAt'
>;

/** So many are remembered; beyond, all are forgotten, which costs time and nothing else. */
const MAX_REMEMBERED = 10_000;

/** Some times what a real one takes; with the number above it bounds the memory that reports can fill. */
const MAX_TEXT = 2_048;
const MAX_VENDORS = 20;
const MAX_FIELDS = 12;

/** What was read last, by the id of the vulnerability: hardly a report says something else than the one before. */
const readLast = new Map<string, { entry: Json; said: Said }>();

/**
 * Reads what an entry says of its vulnerability. Equal entries get the very same values.
 *
 * @internal
 */
export function saidOf(entry: Json, id: string): Said {
  const last = readLast.get(id);
  if (last && saysTheSame(entry, last.entry)) {
    return last.said;
  }
  if (readLast.size >= MAX_REMEMBERED) {
    readLast.clear();
  }
  const { title, primaryLink, publishedDate, score, cvss } = entry;
  const said = {
    title: shortText(title, 512),
    link: httpsLink(primaryLink),
    publishedAt: instant(publishedDate),
    ...ratingOf(entry),
  };
  const kept = { title, primaryLink, publishedDate, score, cvss };
  if (isOrdinary(kept)) {
    readLast.set(id, { entry: kept, said });
  }
  return said;
}

/**
 * The `score` of the operator depends on the order of a Go map when several vendors rate a vulnerability, so what the
 * vendors say is taken when it is there.
 */
function ratingOf(entry: Json): Pick<Said, 'score' | 'scoreStated' | 'cvss'> {
  const rated = ratedByVendors(entry.cvss);
  return rated.score === undefined
    ? { ...rated, ...statedScore(validScore(entry.score)) }
    : rated;
}

/** Whether it is as small and as flat as what scanners write. */
function isOrdinary({ cvss, ...texts }: Json): boolean {
  const vendors = isRecord(cvss) ? Object.values(cvss) : [cvss];
  return (
    areSmall(texts) &&
    vendors.length <= MAX_VENDORS &&
    vendors.every(vendor =>
      isRecord(vendor) ? areSmall(vendor) : isSmall(vendor),
    )
  );
}

function areSmall(fields: Json): boolean {
  const values = Object.values(fields);
  return values.length <= MAX_FIELDS && values.every(isSmall);
}

function isSmall(value: unknown): boolean {
  return typeof value === 'string'
    ? value.length <= MAX_TEXT
    : typeof value !== 'object' || value === null;
}

function saysTheSame(left: Json, right: Json): boolean {
  return (
    left.title === right.title &&
    left.primaryLink === right.primaryLink &&
    left.publishedDate === right.publishedDate &&
    left.score === right.score &&
    isSame(left.cvss, right.cvss)
  );
}

/** Of what was JSON, on the left anything and on the right what is ordinary. */
function isSame(left: unknown, right: unknown): boolean {
  if (!isRecord(left) || !isRecord(right)) {
    return left === right;
  }
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every(
      key => Object.hasOwn(right, key) && isSame(left[key], right[key]),
    )
  );
}
