import { PolicyRule } from '../types';
import { BUILT_IN_RULES } from './builtInRules';

/**
 * What people read of a rule of a policy.
 *
 * @public
 */
export type RuleTexts = {
  title: string;
  /** Why it matters. */
  motivation?: string;
  /** What to do when it fails. */
  remediation?: string;
  /** Controls of public frameworks it serves. */
  controls: readonly string[];
};

/**
 * The texts of a rule: the policy's own where it gives any, those of the built-in rule otherwise.
 *
 * @public
 */
export function describeRule(rule: PolicyRule): RuleTexts {
  if (rule.use === undefined) {
    const { motivation, remediation, controls = [] } = rule;
    return {
      title: rule.title,
      ...(motivation && { motivation }),
      ...(remediation && { remediation }),
      controls,
    };
  }
  const { title, motivation, remediation, controls } =
    BUILT_IN_RULES[rule.use].definition;
  return { title: rule.title ?? title, motivation, remediation, controls };
}
