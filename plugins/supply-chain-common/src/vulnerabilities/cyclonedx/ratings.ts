import { CvssRating, Severity } from '../../model/vulnerability';
import { cvssRating } from '../cvssRatings';
import { severityOf, validScore } from '../scannerValues';
import { worstSeverity } from '../severityRank';
import { Json, recordOf } from '../scanReport';

/** Methods of ratings that are CVSS, and the version they are of. */
const METHODS = new Map<unknown, string>([
  ['CVSSv2', '2.0'],
  ['CVSSv3', '3.0'],
  ['CVSSv31', '3.1'],
  ['CVSSv4', '4.0'],
]);

/** The ratings that are CVSS; others (EPSS, OWASP, SSVC) are none. */
export function ratingsOf(ratings: readonly Json[]): CvssRating[] {
  return ratings
    .filter(({ method }) => method === undefined || METHODS.has(method))
    .flatMap(({ source, vector, method, score }) =>
      cvssRating({
        source: sourceName(source),
        vector,
        version: METHODS.get(method),
        score,
      }),
    );
}

/**
 * The severity by the source of the vulnerability, which knows the package; where that says none, the worst anybody
 * says. A score counts where no severity is written.
 */
export function severityOfRatings(
  ratings: readonly Json[],
  source: unknown,
): Severity {
  const own = sourceName(source);
  const rated = ratings.map(each => ({
    source: sourceName(each.source),
    severity: severityOfRating(each),
  }));
  const severities = [
    rated.filter(each => own !== undefined && each.source === own),
    rated,
  ]
    .map(list => worstSeverity(list.map(each => each.severity)) ?? 'unknown')
    .filter(each => each !== 'unknown');
  return severities[0] ?? 'unknown';
}

function sourceName(source: unknown): string | undefined {
  const { name } = recordOf(source);
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function severityOfRating({ severity, method, score }: Json): Severity {
  const said = severityOf(severity);
  const value = validScore(score);
  return said === 'unknown' && value !== undefined && METHODS.has(method)
    ? severityOfScore(value, METHODS.get(method) === '2.0')
    : said;
}

/** https://nvd.nist.gov/vuln-metrics/cvss */
function severityOfScore(score: number, isVersion2: boolean): Severity {
  if (score >= 9 && !isVersion2) {
    return 'critical';
  }
  if (score >= 7) {
    return 'high';
  }
  if (score >= 4) {
    return 'medium';
  }
  return score > 0 || isVersion2 ? 'low' : 'negligible';
}
