import { CvssRating, VulnerabilityFinding } from '../model/vulnerability';
import { shortText } from '../text/reportValues';
import { compareText } from './compareText';
import { definedOnly } from './definedOnly';
import { baseScoreOfVector } from './cvssScore';
import { validScore } from './scannerValues';
import { recordOf, textOf } from './scanReport';

/** Ratings kept of one finding; a vulnerability is rated by a handful of sources. */
const MAX_RATINGS = 20;
const VECTOR = /^[A-Za-z]{1,4}:[\w:./-]{1,250}$/;
const VERSIONED = /^CVSS:(3\.0|3\.1|4\.0)\//;
const VERSION_2 = /^AV:[LAN]\/AC:[LMH]\/Au:[MSN]\//;

/**
 * One rating with the score its vector amounts to, when that is a vector: what a report says beside it may be rounded or
 * of another version. Of vectors of version 3 and 4 without their prefix the version must be said.
 *
 * @see https://www.first.org/cvss/v3.1/specification-document#Vector-String
 */
export function cvssRating(rating: {
  source: unknown;
  vector: unknown;
  version?: unknown;
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
  const score = version && baseScoreOfVector(vector);
  return typeof score === 'number'
    ? [
        {
          source: shortText(rating.source, 100) ?? 'unknown',
          version: version as CvssRating['version'],
          vector,
          score,
        },
      ]
    : [];
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

/** What reports say of a vulnerability by CVSS. */
export type Rated = Pick<
  VulnerabilityFinding,
  'cvss' | 'score' | 'scoreStated'
>;

/**
 * The ratings of a finding of Trivy, by vendor, and its score. Where no vendor gives a vector of version 3, the score
 * one says for it stands, and is marked: NVD's, else the highest, so that it does not depend on their order.
 *
 * @public
 */
export function ratedByVendors(cvss: unknown): Rated {
  const vendors = Object.entries(recordOf(cvss)).map(
    ([source, entry]) => [source, recordOf(entry)] as const,
  );
  const rated = ratedBy(
    vendors.flatMap(([source, { V2Vector, V3Vector, V40Vector }]) =>
      [V2Vector, V3Vector, V40Vector].flatMap(vector =>
        cvssRating({ source, vector }),
      ),
    ),
  );
  const said = vendors.flatMap(([source, { V3Score }]) => {
    const score = validScore(V3Score);
    return score === undefined ? [] : [{ source, score }];
  });
  return rated.score === undefined
    ? { ...rated, ...statedScore(decidingScore(said)) }
    : rated;
}

/**
 * A score that a scanner says and no vector amounts to.
 *
 * @public
 */
export function statedScore(
  score: number | undefined,
): Pick<VulnerabilityFinding, 'score' | 'scoreStated'> {
  return score === undefined ? {} : { score, scoreStated: true };
}

/** The ratings of a finding and its score: the one of CVSS v3 by NVD, else the highest. */
export function ratedBy(ratings: readonly CvssRating[]): Rated {
  return definedOnly({
    cvss: distinctRatings(ratings),
    score: decidingScore(
      ratings.filter(({ version }) => version.startsWith('3.')),
    ),
  });
}

function decidingScore(
  scored: readonly { source: string; score: number }[],
): number | undefined {
  const nvd = scored.filter(({ source }) => /^nvd\b/i.test(source));
  const [highest] = (nvd.length > 0 ? nvd : scored)
    .map(each => each.score)
    .sort((left, right) => right - left);
  return highest;
}
