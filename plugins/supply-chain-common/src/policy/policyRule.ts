import { EvidenceTrust, MinimumTrust } from '../model/evidenceTrust';
import { RuleSeverity } from '../model/finding';
import { Severity } from '../model/vulnerability';
import type { RatedSeverity } from '../vulnerabilities/severityRank';
import type { TextPattern } from './types';

/**
 * The built-in rules with their parameters, defaults filled in.
 *
 * @public
 */
export type BuiltInRuleParameters = {
  'image-signed': { allowViaIndex: boolean; allowFirstUse: boolean };
  'not-content-trust-only': Record<string, never>;
  'provenance-verified': {
    /** Lowest SLSA Build level that passes. */
    minimumLevel: BuildLevel;
    /** Builders that count; absent: every builder whose signer a trust root lists. */
    builders?: TextPattern[];
    /** Builders that isolate the build from its caller (level 3); absent: the ones of SLSA's own verifier. */
    isolatedBuilders?: TextPattern[];
    /** Whether a self-hosted runner counts as a hosted build platform (level 2). */
    allowSelfHosted: boolean;
    /** Triggers a release may have; absent: any but those a stranger's pull request sets off. */
    triggers?: string[];
    /** Verifiers whose summaries count, by the name of the trust root that must have signed them; absent: none. */
    verifiers?: Record<string, TextPattern[]>;
  };
  'built-from-own-repository': {
    /** Host names that stand for another one, for instance an ssh alias. */
    hostAliases: Record<string, string>;
  };
  'registry-allowed': { allow: string[] };
  'digest-pinned': { movingTags: string[] };
  'evidence-fresh': {
    /** By kind of evidence; kinds that are left out are not asked about. */
    maxAgeHours: { signature?: number; provenance?: number; origin?: number };
  };
  'scan-fresh': {
    maxAgeHours: number;
    /** Scans that were handed in count from this trust on; absent: those that are signed (L9). */
    minTrust?: MinimumTrust;
  };
  'no-fixable-vulnerability': {
    severity: Severity;
    /** What counts for a severity that nobody gives; absent: one with a fix is `unknown`, neither pass nor fail. */
    unknownAs?: RatedSeverity;
    leewayDays: number;
    since: 'firstSeen' | 'firstFixable';
    /** Scans that were handed in count from this trust on; absent: those that are signed (L9). */
    minTrust?: MinimumTrust;
    /** VEX statements set findings aside from this trust on; absent: those that are signed. */
    vexMinTrust?: EvidenceTrust;
  };
  'no-known-exploited': {
    /** Since when a vulnerability fails: since the catalogue lists it, or after the due date it gives. */
    from: 'listing' | 'dueDate';
    /** Only what ransomware is known to use counts. */
    ransomwareOnly: boolean;
    /** Days after its release in which the catalogue can say that something is not listed. */
    maxAgeDays: number;
    /** Scans that were handed in count from this trust on; absent: those that are signed (L9). */
    minTrust?: MinimumTrust;
    /** VEX statements set findings aside from this trust on; absent: those that are signed. */
    vexMinTrust?: EvidenceTrust;
  };
};

/**
 * SLSA Build level: https://slsa.dev/spec/v1.2/build-track-basics
 *
 * @public
 */
export type BuildLevel = 0 | 1 | 2 | 3;

/**
 * Id of a built-in rule.
 *
 * @public
 */
export type BuiltInRuleId = keyof BuiltInRuleParameters;

/**
 * A rule of a policy.
 *
 * @public
 */
export type PolicyRule = BuiltInPolicyRule | ExpressionRule;

/**
 * A built-in rule with its parameters.
 *
 * @public
 */
export type BuiltInPolicyRule = {
  [K in BuiltInRuleId]: {
    use: K;
    /** Defaults to the id of the built-in rule; unique within the policy. */
    id: string;
    title?: string;
    severity: RuleSeverity;
    /** RFC 3339: before it, what would fail is `warn` (L21). */
    effectiveOn?: string;
    with: BuiltInRuleParameters[K];
  };
}[BuiltInRuleId];

/**
 * A rule written as an expression over documented facts (CEL): it passes where the expression is true (L19).
 *
 * @public
 */
export type ExpressionRule = {
  use?: undefined;
  with?: undefined;
  /** Unique within the policy; never that of a built-in rule. */
  id: string;
  title: string;
  severity: RuleSeverity;
  /** RFC 3339: before it, what would fail is `warn` (L21). */
  effectiveOn?: string;
  /** Why it matters. */
  motivation?: string;
  /** What to do when it fails. */
  remediation?: string;
  /** Controls of public frameworks it serves. */
  controls?: string[];
  /** CEL; checked when the document loads. */
  expression: string;
  /** What a finding says when it is false. */
  message: string;
};
