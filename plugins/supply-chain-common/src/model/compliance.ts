import { PolicyResultSeverity } from './policyReport';

/**
 * What came out for a control of a framework.
 *
 * - `notEvaluated`: nobody looked, as with a control that people have to check; never met.
 *
 * @public
 */
export type ControlStatus = 'fail' | 'notEvaluated' | 'pass';

/**
 * Every status, worst first. What nobody looked at stands before what is met: unknown is never pass.
 *
 * @public
 */
export const CONTROL_STATUSES_WORST_FIRST: readonly ControlStatus[] = [
  'fail',
  'notEvaluated',
  'pass',
];

/**
 * One control of a framework. All texts are hostile (L32).
 *
 * @public
 */
export type ComplianceControl = {
  /** As the framework counts them, for instance `5.1.3`. */
  id: string;
  name: string;
  severity?: PolicyResultSeverity;
  status: ControlStatus;
  /** How many checks of objects fail; absent for what was not evaluated. */
  failed?: number;
  /** It counts secrets in images: shown to those who may know of secrets. */
  secrets?: true;
};

/**
 * How far a cluster meets a framework, as a scanner counts it.
 *
 * @public
 */
export type ComplianceDetail = {
  framework: { id: string; title: string; version?: string };
  /** RFC 3339: when it was evaluated; absent where the report does not say, or nobody evaluated it yet. */
  evaluatedAt?: string;
  /** In the order of the framework. */
  controls: ComplianceControl[];
};
