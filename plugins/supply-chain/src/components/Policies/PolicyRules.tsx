import { schema } from 'backstage-plugin-supply-chain-common';
import { RuleTexts, useRuleTexts } from '../../hooks/useRuleTexts';
import { Messages, useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { DateTime } from '../../ui/TimeAgo';
import { OutcomeCounts } from './OutcomeCounts';

type Rule = schema.PolicyRuleReport;

/**
 * The rules of a policy: how bad a failure is, from when on, what comes of each, and which controls it serves.
 */
export function PolicyRules(props: {
  policy: schema.PolicyReport;
  catalogue: schema.RuleDescription[];
}) {
  const { policy, catalogue } = props;
  const { name, title = name } = policy;
  const messages = useMessages();
  const { t } = messages;
  const textsOf = useRuleTexts(catalogue);
  return (
    <Panel headingLevel="h3" title={t('policies.rules.title', { name: title })}>
      <ResponsiveTable
        caption={t('policies.rules.caption', { name: title })}
        columns={columnsOf({ policy, messages, textsOf })}
        rows={policy.rules}
        keyOf={rule => rule.id}
      />
    </Panel>
  );
}

function columnsOf(options: {
  policy: schema.PolicyReport;
  messages: Messages;
  textsOf: (rule: Rule) => RuleTexts;
}): Column<Rule>[] {
  const { policy, messages, textsOf } = options;
  const { t } = messages;
  return [
    {
      id: 'rule',
      minWidthPx: 240,
      label: t('policies.rules.rule'),
      render: rule => <RuleCell rule={rule} texts={textsOf(rule)} />,
    },
    {
      id: 'severity',
      label: t('policies.rules.severity'),
      render: ({ severity }) => t(`severity.${severity}`),
    },
    {
      id: 'effective',
      minWidthPx: 110,
      label: t('policies.rules.effective'),
      render: rule => <Effective rule={rule} />,
    },
    {
      id: 'services',
      minWidthPx: 130,
      label: t('policies.rules.services'),
      render: ({ id, services }) => (
        <OutcomeCounts
          of="rule"
          counts={services}
          filter={{ policy: policy.name, rule: id }}
        />
      ),
    },
    {
      id: 'images',
      minWidthPx: 120,
      label: t('policies.rules.images'),
      render: ({ images }) => <OutcomeCounts of="rule" counts={images} />,
    },
    {
      id: 'controls',
      minWidthPx: 130,
      label: t('policies.rules.controls'),
      render: ({ controls }) => <Controls controls={controls} />,
    },
  ];
}

function RuleCell(props: { rule: Rule; texts: RuleTexts }) {
  const { rule, texts } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  const parameters = Object.entries(rule.parameters);
  return (
    <>
      <span className={classes.strong}>
        <HostileText text={texts.title} />
      </span>
      <div>
        <HostileText code text={rule.id} />
      </div>
      <div className={classes.secondary}>
        {texts.motivation && <HostileText text={texts.motivation} />}
        {rule.expression && (
          <div>
            {t('policies.rules.expression')}:{' '}
            <HostileText code text={rule.expression} />
          </div>
        )}
        {rule.message && (
          <div>
            <HostileText text={rule.message} />
          </div>
        )}
        {parameters.length > 0 && (
          <div>
            {t('policies.rules.parameters')}:{' '}
            {parameters.map(([name, value]) => (
              <div key={name}>
                <HostileText code text={`${name}: ${JSON.stringify(value)}`} />
              </div>
            ))}
          </div>
        )}
      </div>
    </>
  );
}

function Effective(props: { rule: Rule }) {
  const { inForce, effectiveOn } = props.rule;
  const { t } = useMessages();
  if (inForce || !effectiveOn) {
    return <>{t('policies.rules.now')}</>;
  }
  return (
    <OutcomeLabel outcome="warn">
      {t('policies.rules.until')} <DateTime at={effectiveOn} />
    </OutcomeLabel>
  );
}

/** Names of controls, one line each. */
export function Controls(props: { controls: readonly string[] }) {
  const { controls } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  if (controls.length === 0) {
    return <>{t('policies.rules.noControls')}</>;
  }
  return (
    <ul className={classes.plainList}>
      {controls.map(control => (
        <li key={control}>
          <HostileText text={control} />
        </li>
      ))}
    </ul>
  );
}
