import { Outcome } from './outcome';
import { ReasonCode } from './reasonCodes';

/**
 * What a waiver is about. Everything given must hold; at least one of repository, digest and entity is given.
 *
 * @public
 */
export type WaiverScope = {
  /** Normalised repository, exact. */
  repository?: string;
  /** `sha256:…` of the image that runs; only with `repository` (a subject is `repository@digest`). */
  digest?: string;
  /** Full entity reference, lower case. */
  entity?: string;
  /** Id of one vulnerability; everything else the rule finds stays. */
  vulnerability?: string;
};

/**
 * A permission to let a rule fail for a while (L22).
 *
 * @public
 */
export type Waiver = {
  /** Unique among the waivers of its source. */
  name: string;
  /**
   * - `git`: a document; `approvedBy` is what the document claims, shown as "approved by merge".
   * - `portal`: requested on the page and approved there by somebody else.
   */
  source: 'git' | 'portal';
  /** Id of the rule, as the policy gives it. */
  rule: string;
  /** Only in this policy; absent: in every policy with such a rule. */
  policy?: string;
  /** Reason codes it covers; another reason is another thing. */
  reasons: ReasonCode[];
  /** Whether "can't tell" is waived as well. */
  includeUnknown: boolean;
  scope: WaiverScope;
  /** Why, in the words of the requester. */
  reason: string;
  ticket?: string;
  requestedBy: string;
  approvedBy: string;
  /** RFC 3339: it counts from then on; absent: from the beginning. */
  approvedAt?: string;
  /** RFC 3339: ended when now ≥ this. */
  expires: string;
};

/**
 * The waiver that covers a finding.
 *
 * @public
 */
export type FindingWaiver = Pick<
  Waiver,
  'name' | 'source' | 'reason' | 'ticket' | 'approvedBy' | 'expires'
> & {
  /** What the rule says without it. */
  outcome: Extract<Outcome, 'fail' | 'warn' | 'unknown'>;
};
