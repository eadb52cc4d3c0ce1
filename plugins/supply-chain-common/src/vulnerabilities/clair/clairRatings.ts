import { isRecord } from '../../kubernetes/KubernetesObject';
import { CvssRating, Severity } from '../../model/vulnerability';
import { severityOf, validScore } from '../scannerValues';
import { Json, listOf, recordOf, textOf } from '../scanReport';

const MAX_RATINGS = 100;

/** Ratings of one entry, from the enrichment of Clair. */
export type ClairRatings = {
  cvss: CvssRating[];
  /** The highest v3 base score. */
  score?: number;
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
  const cvss = entries.flatMap(entry => ratingOf(entry) ?? []);
  const scores = cvss.flatMap(({ version, score }) =>
    version.startsWith('3.') && score !== undefined ? [score] : [],
  );
  const highest = Math.max(
    ...entries.map(entry => validScore(entry.baseScore) ?? -1),
  );
  return {
    cvss,
    ...(scores.length > 0 && { score: Math.max(...scores) }),
    severity: highest < 0 ? writtenSeverity(entries) : severityOfScore(highest),
  };
}

function ratingOf(entry: Json): CvssRating | undefined {
  const { vectorString: vector, version } = entry;
  const known = (['2.0', '3.0', '3.1', '4.0'] as const).find(
    each => each === version,
  );
  if (!known || typeof vector !== 'string' || !isVector(vector)) {
    return undefined;
  }
  const score = validScore(entry.baseScore);
  return {
    // The enricher knows one source: https://github.com/quay/claircore/blob/v1.5.52/enricher/cvss/cvss.go
    source: 'nvd',
    version: known,
    vector,
    ...(score !== undefined && { score }),
  };
}

function isVector(text: string): boolean {
  return text.length <= 256 && /^[A-Za-z0-9.:/]+$/.test(text);
}

/** https://www.first.org/cvss/v3.1/specification-document#Qualitative-Severity-Rating-Scale */
function severityOfScore(score: number): Severity {
  if (score >= 9) {
    return 'critical';
  }
  if (score >= 7) {
    return 'high';
  }
  if (score >= 4) {
    return 'medium';
  }
  return score > 0 ? 'low' : 'negligible';
}

function writtenSeverity(entries: Json[]): Severity {
  return (
    entries
      .map(({ baseSeverity }) => severityOf(textOf(baseSeverity)))
      .find(severity => severity !== 'unknown') ?? 'unknown'
  );
}
