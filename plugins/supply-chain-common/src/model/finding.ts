import { Outcome } from './outcome';
import { ReasonCode } from './reasonCodes';
import { FindingWaiver } from './waiver';

/**
 * How bad it is when a rule fails. It orders, it never changes an outcome (L21).
 *
 * @public
 */
export type RuleSeverity = 'critical' | 'high' | 'medium' | 'low' | 'info';

/**
 * Who can act on a finding.
 *
 * @public
 */
export type RemediationOwner = 'serviceOwner' | 'platformTeam' | 'vendor';

/**
 * What to do about a finding. Texts come from the translations by `action`; `parameters` fill them.
 *
 * @public
 */
export type Remediation = {
  who: RemediationOwner;
  action: RemediationAction;
  parameters: Record<string, string>;
  /** Arguments of a command to copy; quoted by the surface that shows it (L32). */
  command?: string[];
};

/**
 * The closed set of things to do.
 *
 * @public
 */
export type RemediationAction =
  | 'signImage'
  | 'signWithTrustedIdentity'
  | 'fixSignature'
  | 'attestProvenance'
  | 'replaceProvenance'
  | 'raiseBuildLevel'
  | 'buildFromBranch'
  | 'reviewBuildChange'
  | 'buildFromOwnRepository'
  | 'nameSourceRepository'
  | 'grantPullAccess'
  | 'retryRegistry'
  | 'addTrustRoot'
  | 'useAllowedRegistry'
  | 'pinDigest'
  | 'upgradePackages'
  | 'scanImage'
  | 'rescanImage'
  | 'loadExploitData'
  | 'addPolicy'
  | 'reportDigest';

/**
 * The facts a finding rests on, flat, for people and exports.
 *
 * @public
 */
export type FindingFacts = Record<string, string | number | boolean | null>;

/**
 * What one rule says of one running image.
 *
 * @public
 */
export type Finding = {
  ruleId: string;
  /** The built-in rule behind it; differs from `ruleId` where the policy gives the rule another id. Absent: `ruleId` is it. */
  use?: string;
  /** Name of the policy. */
  policy: string;
  severity: RuleSeverity;
  outcome: Outcome;
  /** Set unless the outcome is `pass`. */
  reason?: ReasonCode;
  /** One English sentence for CLI, logs and exports; pages translate by rule and reason. */
  message: string;
  facts: FindingFacts;
  remediation?: Remediation;
  /** RFC 3339: from then on a `warn` becomes a `fail`. */
  effectiveOn?: string;
  /** Set when the outcome is `waived` (L22). */
  waiver?: FindingWaiver;
};
