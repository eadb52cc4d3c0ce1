import { CvssRating } from '../model/vulnerability';
import { shortText } from '../text/reportValues';
import { compareText } from './compareText';
import { definedOnly } from './definedOnly';
import { validScore } from './scannerValues';
import { recordOf, textOf } from './scanReport';

/** Ratings kept of one finding; a vulnerability is rated by a handful of sources. */
const MAX_RATINGS = 20;
const VECTOR = /^[A-Za-z]{1,4}:[\w:./-]{1,250}$/;
const VERSIONED = /^CVSS:(3\.0|3\.1|4\.0)\//;
const VERSION_2 = /^AV:[LAN]\/AC:[LMH]\/Au:[MSN]\//;

/**
 * One rating, when its vector is one. Of vectors of version 3 and 4 without their prefix the version must be said.
 *
 * @see https://www.first.org/cvss/v3.1/specification-document#Vector-String
 */
export function cvssRating(rating: {
  source: unknown;
  vector: unknown;
  version?: unknown;
  score?: unknown;
}): CvssRating[] {
  // Old feeds write vectors of version 2 in parentheses.
  const text = textOf(rating.vector).replace(/^\((.*)\)$/, '$1');
  if (!VECTOR.test(text)) {
    return [];
  }
  const said = textOf(rating.version);
  const vector =
    /^(?:3\.0|3\.1|4\.0)$/.test(said) && !text.startsWith('CVSS:')
      ? `CVSS:${said}/${text}`
      : text;
  const version =
    VERSIONED.exec(vector)?.[1] ?? (VERSION_2.test(vector) ? '2.0' : undefined);
  const score = validScore(rating.score);
  return version === undefined
    ? []
    : [
        {
          source: shortText(rating.source, 100) ?? 'unknown',
          version: version as CvssRating['version'],
          vector,
          ...(score !== undefined && { score }),
        },
      ];
}

/** Ratings each once, in an order that does not depend on the report; undefined when there are none. */
export function distinctRatings(
  ratings: readonly CvssRating[],
): CvssRating[] | undefined {
  const distinct = new Map(
    ratings.map(each => [
      [each.source, each.version, each.vector].join(' '),
      each,
    ]),
  );
  const sorted = [...distinct]
    .sort(([left], [right]) => compareText(left, right))
    .map(([, rating]) => rating);
  return sorted.length > 0 ? sorted.slice(0, MAX_RATINGS) : undefined;
}

/**
 * The ratings of a finding of Trivy, by vendor.
 *
 * @public
 */
export function cvssByVendor(cvss: unknown): CvssRating[] | undefined {
  const vendors = Object.entries(recordOf(cvss));
  return distinctRatings(
    vendors.flatMap(([source, entry]) => {
      const { V2Vector, V2Score, V3Vector, V3Score, V40Vector, V40Score } =
        recordOf(entry);
      return [
        ...cvssRating({ source, vector: V2Vector, score: V2Score }),
        ...cvssRating({ source, vector: V3Vector, score: V3Score }),
        ...cvssRating({ source, vector: V40Vector, score: V40Score }),
      ];
    }),
  );
}

/** The ratings of a finding and its score: the one of CVSS v3 by NVD, else the highest. */
export function ratedBy(ratings: readonly CvssRating[]): {
  cvss?: CvssRating[];
  score?: number;
} {
  const scored = ratings.filter(
    ({ version, score }) => version.startsWith('3.') && score !== undefined,
  );
  const nvd = scored.filter(({ source }) => /^nvd\b/i.test(source));
  const [highest] = (nvd.length > 0 ? nvd : scored)
    .map(each => each.score!)
    .sort((left, right) => right - left);
  return definedOnly({
    cvss: distinctRatings(ratings),
    score: highest,
  });
}
