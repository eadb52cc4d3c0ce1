import { z } from 'zod';
import { FindingFacts, Remediation, RuleSeverity } from '../../model/finding';
import { Outcome } from '../../model/outcome';
import { ReasonCode } from '../../model/reasonCodes';
import { FindingWaiver, Waiver } from '../../model/waiver';
import {
  BuiltInRuleId,
  BuiltInRuleParameters,
  PolicyFacts,
  SupplyChainPolicy,
  TrustRoot,
} from '../types';

/**
 * The fixed question of the service's page that a rule helps to answer.
 *
 * @public
 */
export type RuleQuestion =
  | 'signature'
  | 'provenance'
  | 'registry'
  | 'vulnerabilities';

/**
 * What a built-in rule is: texts for the catalogue of rules, defaults, parameters.
 *
 * @public
 */
export type RuleDefinition<K extends BuiltInRuleId = BuiltInRuleId> = {
  id: K;
  question: RuleQuestion;
  title: string;
  /** Why it matters. */
  motivation: string;
  /** What to do when it fails. */
  remediation: string;
  severity: RuleSeverity;
  /** Controls of public frameworks the rule serves. */
  controls: readonly string[];
  /** Schema of `with`, defaults included. */
  parameters: z.ZodType<BuiltInRuleParameters[K], z.ZodTypeDef, unknown>;
};

/**
 * What a rule is evaluated on.
 *
 * @public
 */
export type RuleContext<K extends BuiltInRuleId = BuiltInRuleId> = {
  facts: PolicyFacts;
  policy: SupplyChainPolicy;
  trustRoots: TrustRoot[];
  now: Date;
  /** Waivers of single vulnerabilities that concern this rule and image, ended ones included; the others are applied to the result. */
  vulnerabilityWaivers?: readonly Waiver[];
  parameters: BuiltInRuleParameters[K];
};

/**
 * What a rule says, before its policy adds severity and `effectiveOn`.
 *
 * @public
 */
export type RuleResult = {
  outcome: Outcome;
  /** Set unless the outcome is `pass`. */
  reason?: ReasonCode;
  message: string;
  facts: FindingFacts;
  remediation?: Remediation;
  /** RFC 3339: from then on this `warn` is a `fail`. */
  effectiveOn?: string;
  /** RFC 3339: when the clock alone may change the result. */
  nextChangeAt?: string;
  /** Set when `vulnerabilityWaivers` cover all of it. */
  waiver?: FindingWaiver;
};

/**
 * A built-in rule.
 *
 * @public
 */
export type BuiltInRule<K extends BuiltInRuleId = BuiltInRuleId> = {
  definition: RuleDefinition<K>;
  evaluate(context: RuleContext<K>): RuleResult;
};
