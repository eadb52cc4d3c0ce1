import { isRecord } from '../../kubernetes/KubernetesObject';
import { CvssRating, Severity } from '../../model/vulnerability';
import { cvssRating, Rated, ratedBy } from '../cvssRatings';
import { severityOfScore } from '../cvssScore';
import { severityOf, validScore } from '../scannerValues';
import { worstSeverity } from '../severityRank';
import { Json, listOf, recordOf, textOf } from '../scanReport';

const MAX_RATINGS = 100;

/** The enricher knows one: https://github.com/quay/claircore/blob/v1.5.52/enricher/cvss/cvss.go */
export const ENRICHMENT_SOURCE = 'nvd';

/** Ratings of one entry, from the enrichment of Clair. */
export type ClairRatings = Rated & {
  /** The worst severity the scores amount to. */
  severity: Severity;
};

/** Looks up the ratings of an entry by its id in this document. */
export type RatingsById = (id: string) => ClairRatings;

/**
 * Reads the CVSS enrichment. It is found by the name of its enricher, never by position: EPSS and others may stand
 * before it, and where nothing enriches there is `{}` or `null`.
 */
export function ratingsOf(enrichments: unknown): RatingsById {
  const maps = Object.entries(recordOf(enrichments)).flatMap(([type, list]) =>
    /\benricher=clair\.cvss(?![\w.-])/.test(type)
      ? listOf(list).filter(isRecord)
      : [],
  );
  return id => {
    const entries = maps.flatMap(map =>
      Object.hasOwn(map, id) ? listOf(map[id]) : [],
    );
    return summarise(entries.filter(isRecord).slice(0, MAX_RATINGS));
  };
}

function summarise(entries: Json[]): ClairRatings {
  const rated = entries.map(entry => ({ entry, rating: ratingOf(entry) }));
  const severities = rated.flatMap(({ entry, rating }) => {
    const score = rating?.score ?? validScore(entry.baseScore);
    const isVersion2 = entry.version === '2.0';
    return score === undefined ? [] : [severityOfScore(score, { isVersion2 })];
  });
  return {
    ...ratedBy(rated.flatMap(({ rating }) => rating ?? [])),
    severity: worstSeverity(severities) ?? writtenSeverity(entries),
  };
}

function ratingOf({ vectorString, version }: Json): CvssRating | undefined {
  const [rating] = cvssRating({
    source: ENRICHMENT_SOURCE,
    vector: vectorString,
    version,
  });
  return rating;
}

function writtenSeverity(entries: Json[]): Severity {
  return (
    entries
      .map(({ baseSeverity }) => severityOf(textOf(baseSeverity)))
      .find(severity => severity !== 'unknown') ?? 'unknown'
  );
}
