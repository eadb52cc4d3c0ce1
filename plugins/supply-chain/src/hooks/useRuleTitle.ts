import { vocabulary } from '../translations/en/vocabulary';
import { MessageKey } from '../translations/ref';
import { useMessages } from '../translations/useMessages';

/**
 * The title of a rule; a rule of a policy's own is shown by its id.
 */
export function useRuleTitle(): (ruleId: string) => string {
  const { t } = useMessages();
  return ruleId =>
    Object.hasOwn(vocabulary.rule, ruleId)
      ? t(`rule.${ruleId}` as MessageKey)
      : ruleId;
}
