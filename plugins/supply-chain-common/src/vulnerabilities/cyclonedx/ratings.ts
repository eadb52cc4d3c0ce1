import { CvssRating, Severity } from '../../model/vulnerability';
import { shortText } from '../../text/reportValues';
import { cvssRating } from '../cvssRatings';
import { severityOfScore } from '../cvssScore';
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
    .flatMap(({ source, vector, method }) =>
      cvssRating({
        source: sourceName(source),
        vector,
        version: METHODS.get(method),
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

/** Whose rating the severity is: the source of the vulnerability where it gives that one, else whoever does. */
export function severitySourceOf(
  ratings: readonly Json[],
  source: unknown,
  severity: Severity,
): string | undefined {
  const giving = ratings
    .filter(each => severityOfRating(each) === severity)
    .map(each => sourceName(each.source));
  const own = sourceName(source);
  const name = giving.includes(own) ? own : giving.find(Boolean);
  return shortText(name, 100);
}

function sourceName(source: unknown): string | undefined {
  const { name } = recordOf(source);
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function severityOfRating(rating: Json): Severity {
  const { severity, method } = rating;
  const said = severityOf(severity);
  const [computed] = ratingsOf([rating]);
  const score = computed?.score ?? validScore(rating.score);
  return said === 'unknown' && score !== undefined && METHODS.has(method)
    ? severityOfScore(score, { isVersion2: METHODS.get(method) === '2.0' })
    : said;
}
