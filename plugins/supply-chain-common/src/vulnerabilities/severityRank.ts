import { SEVERITIES_WORST_FIRST, Severity } from '../model/vulnerability';

/**
 * A severity that somebody gave.
 *
 * @public
 */
export type RatedSeverity = Exclude<Severity, 'unknown'>;

/**
 * Which severities a rule counts.
 *
 * @public
 */
export type SeverityThreshold = {
  /** This one and worse; `unknown`: all of them, rated or not. */
  severity: Severity;
  /** What counts for one that nobody rates; absent: nobody can tell. */
  unknownAs?: RatedSeverity;
};

/** By what is known of it: where it stands in a list says nothing of how bad one is that nobody rates. */
const RATED_FIRST: readonly Severity[] = [
  ...SEVERITIES_WORST_FIRST.filter(each => each !== 'unknown'),
  'unknown',
];

/**
 * Whether a severity is as bad as a threshold or worse, of what is rated: `unknown` is below all others. Whether a rule
 * counts a severity says {@link isWithinThreshold}.
 *
 * @public
 */
export function isAtLeastAsSevere(
  severity: Severity,
  threshold: Severity,
): boolean {
  return RATED_FIRST.indexOf(severity) <= RATED_FIRST.indexOf(threshold);
}

/**
 * Whether a rule counts a severity; `undefined`: nobody rates it, and the policy does not say what that means. Never read
 * as harmless.
 *
 * @public
 */
export function isWithinThreshold(
  severity: Severity,
  { severity: threshold, unknownAs }: SeverityThreshold,
): boolean | undefined {
  return severity === 'unknown' && threshold !== 'unknown'
    ? unknownAs && isAtLeastAsSevere(unknownAs, threshold)
    : isAtLeastAsSevere(severity, threshold);
}

/**
 * How bad several findings are together: as the worst of them, as they are listed. Undefined when there is none. For what
 * several sources say of one finding see {@link worstSeverity}.
 *
 * @public
 */
export function worstOfFindings(
  findings: readonly { severity: Severity }[],
): Severity | undefined {
  return SEVERITIES_WORST_FIRST.find(each =>
    findings.some(({ severity }) => severity === each),
  );
}

/**
 * The worst that several sources say of one finding, `unknown` where nobody rates any; undefined when there is none.
 *
 * @public
 */
export function worstSeverity(
  severities: readonly Severity[],
): Severity | undefined {
  return RATED_FIRST.find(each => severities.includes(each));
}
