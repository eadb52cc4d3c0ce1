import {
  httpsLink,
  instant,
  isRecord,
  ratedByVendors,
  shortText,
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
  'title' | 'link' | 'score' | 'cvss' | 'publishedAt'
>;

/** So many are remembered; beyond, all are forgotten, which costs time and nothing else. */
const MAX_REMEMBERED = 10_000;

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
  readLast.set(id, { entry: kept, said });
  return said;
}

/**
 * The `score` of the operator depends on the order of a Go map when several vendors rate a vulnerability, so what the
 * vendors say is taken when it is there.
 */
function ratingOf(entry: Json): Pick<Said, 'score' | 'cvss'> {
  const { cvss, score = validScore(entry.score) } = ratedByVendors(entry.cvss);
  return { score, cvss };
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

/** Vendors, and the fields of each. */
const CVSS_DEPTH = 2;

/**
 * Of values that were JSON. What lies deeper than the depth is no rating, and the same only as the very same value: a
 * report may be nested as deep as the stack is not.
 */
function isSame(left: unknown, right: unknown, depth = CVSS_DEPTH): boolean {
  if (depth === 0 || !isRecord(left) || !isRecord(right)) {
    return left === right;
  }
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every(
      key =>
        Object.hasOwn(right, key) && isSame(left[key], right[key], depth - 1),
    )
  );
}
