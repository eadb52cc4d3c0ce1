import Button from '@material-ui/core/Button';
import { OverviewFilters } from '../../hooks/useOverviewFilters';
import { useRuleTitle } from '../../hooks/useRuleTitle';
import { useUrlState } from '../../hooks/useUrlState';
import { useMessages } from '../../translations/useMessages';
import { Notice } from '../../ui/Notice';

/**
 * Says under which policy the services are listed, where a number on the page of policies led here, and lets go of it.
 */
export function PolicyFilterNotice(props: { filters: OverviewFilters }) {
  const { policy, rule, policyOutcome } = props.filters;
  const { t } = useMessages();
  const { set } = useUrlState();
  const ruleTitle = useRuleTitle();
  if (policy === undefined) {
    return null;
  }
  const parameters = {
    policy,
    rule: rule === undefined ? '' : ruleTitle(rule),
    outcome: policyOutcome ? t(`outcome.rule.${policyOutcome}`) : '',
  };
  const subject = rule === undefined ? 'policy' : 'rule';
  return (
    <Notice
      tone={policyOutcome ?? 'notApplicable'}
      live={false}
      action={
        <Button
          size="small"
          style={{ textTransform: 'none' }}
          onClick={() =>
            set({
              policy: undefined,
              rule: undefined,
              policyOutcome: undefined,
              page: undefined,
            })
          }
        >
          {t('overview.filter.clearPolicy')}
        </Button>
      }
    >
      {policyOutcome
        ? t(`overview.filter.${subject}Outcome`, parameters)
        : t(`overview.filter.${subject}`, parameters)}
    </Notice>
  );
}
