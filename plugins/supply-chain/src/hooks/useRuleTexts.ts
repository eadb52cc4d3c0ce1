import { schema } from 'backstage-plugin-supply-chain-common';
import { policies } from '../translations/en/policies';
import { useMessages } from '../translations/useMessages';
import { useRuleTitle } from './useRuleTitle';

type RuleTextId = keyof typeof policies.ruleText;

/** What people read of a rule; hostile where the policy wrote it. */
export type RuleTexts = {
  title: string;
  motivation?: string;
  remediation?: string;
};

type DescribedRule = Pick<
  schema.PolicyRuleReport,
  'use' | 'title' | 'motivation' | 'remediation'
>;

function isBuiltIn(id: string | undefined): id is RuleTextId {
  return id !== undefined && Object.hasOwn(policies.ruleText, id);
}

/**
 * The texts of a rule in the language of the portal: those of the built-in rule, and the title a policy gives it. What a
 * policy wrote itself is shown as it is written.
 */
export function useRuleTexts(
  catalogue: readonly schema.RuleDescription[],
): (rule: DescribedRule) => RuleTexts {
  const { t } = useMessages();
  const ruleTitle = useRuleTitle();
  return rule => {
    const { use, title, motivation, remediation } = rule;
    if (!isBuiltIn(use)) {
      return { title, motivation, remediation };
    }
    const original = catalogue.find(each => each.id === use)?.title;
    const isRenamed = original !== undefined && original !== title;
    return {
      title: isRenamed ? title : ruleTitle(use),
      motivation: t(`policies.ruleText.${use}.motivation`),
      remediation: t(`policies.ruleText.${use}.remediation`),
    };
  };
}
