import { ReasonCode } from './reasonCodes';

/**
 * What an enforcer says of one rule.
 *
 * - `warn`: not met, and the rule is not scored.
 * - `error`: it could not be evaluated.
 * - `skip`: it did not apply, or an exception took it out.
 *
 * @public
 */
export type PolicyResultOutcome = 'pass' | 'fail' | 'warn' | 'error' | 'skip';

/**
 * Every outcome, worst first. What could not be evaluated stands before what is met: unknown is never pass.
 *
 * @public
 */
export const POLICY_RESULTS_WORST_FIRST: readonly PolicyResultOutcome[] = [
  'fail',
  'error',
  'warn',
  'pass',
  'skip',
];

/**
 * Severity as an enforcer gives it.
 *
 * @public
 */
export type PolicyResultSeverity =
  | 'critical'
  | 'high'
  | 'medium'
  | 'low'
  | 'info';

/**
 * Every severity of an enforcer, worst first.
 *
 * @public
 */
export const POLICY_SEVERITIES_WORST_FIRST: readonly PolicyResultSeverity[] = [
  'critical',
  'high',
  'medium',
  'low',
  'info',
];

/**
 * What a scanner of the cluster checks beside vulnerabilities.
 *
 * - `configuration`: how a workload is set up.
 * - `rbac`: what a role allows.
 * - `infrastructure`: how a component of the control plane is set up.
 * - `secrets`: secrets in the files of an image.
 *
 * @public
 */
export type CheckTopic =
  | 'configuration'
  | 'rbac'
  | 'infrastructure'
  | 'secrets';

/**
 * Every topic, in the order they are shown.
 *
 * @public
 */
export const CHECK_TOPICS: readonly CheckTopic[] = [
  'configuration',
  'rbac',
  'infrastructure',
  'secrets',
];

/**
 * One result of another enforcer. All texts are hostile (L32).
 *
 * @public
 */
export type PolicyResult = {
  /** The enforcer, for instance `kyverno`; absent when the report does not say. */
  source?: string;
  /** `name` or `namespace/name`. */
  policy: string;
  rule?: string;
  /** Tells apart results of one rule, for instance those on two containers. */
  instance?: string;
  result: PolicyResultOutcome;
  severity?: PolicyResultSeverity;
  category?: string;
  /** What is checked, in a few words. */
  title?: string;
  message?: string;
  /** What to do about it. */
  remediation?: string;
  properties?: Record<string, string>;
  /** RFC 3339: when the enforcer found it. */
  observedAt: string;
};

/**
 * Results of a report that are not kept, and why.
 *
 * @public
 */
export type PolicyResultsLeftOut = {
  reason: Extract<
    ReasonCode,
    'policyResultsOfScanner' | 'policyResultsTooMany' | 'policyResultMalformed'
  >;
  source?: string;
  /** How many. */
  results: number;
};

/**
 * What one report of another enforcer says of one object.
 *
 * @public
 */
export type PolicyReportDetail = {
  /** Of the checks of a scanner. Absent: it is a report of another enforcer. */
  topic?: CheckTopic;
  results: PolicyResult[];
  leftOut: PolicyResultsLeftOut[];
};
