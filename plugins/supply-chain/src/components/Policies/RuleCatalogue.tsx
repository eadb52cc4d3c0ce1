import { Link } from '@backstage/core-components';
import { schema } from 'backstage-plugin-supply-chain-common';
import { useLinks } from '../../hooks/useLinks';
import { RuleTexts, useRuleTexts } from '../../hooks/useRuleTexts';
import { Messages, useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { Controls } from './PolicyRules';

/**
 * Every built-in rule with why it is there, what to do when it fails, and who uses it.
 */
export function RuleCatalogue(props: { list: schema.PolicyList }) {
  const { list } = props;
  const messages = useMessages();
  const { t } = messages;
  const textsOf = useRuleTexts(list.rules);
  return (
    <Panel
      title={t('policies.catalogue.title')}
      subtitle={t('policies.catalogue.hint')}
    >
      <ResponsiveTable
        caption={t('policies.catalogue.caption')}
        columns={columnsOf({ list, messages, textsOf })}
        rows={list.rules}
        keyOf={rule => rule.id}
      />
    </Panel>
  );
}

function columnsOf(options: {
  list: schema.PolicyList;
  messages: Messages;
  textsOf: ReturnType<typeof useRuleTexts>;
}): Column<schema.RuleDescription>[] {
  const { list, messages } = options;
  const { t } = messages;
  const textsOf = (rule: schema.RuleDescription): RuleTexts =>
    options.textsOf({ ...rule, use: rule.id });
  return [
    {
      id: 'rule',
      minWidthPx: 180,
      label: t('policies.rules.rule'),
      render: rule => <Rule rule={rule} title={textsOf(rule).title} />,
    },
    {
      id: 'why',
      minWidthPx: 200,
      label: t('policies.catalogue.why'),
      render: rule => <HostileText text={textsOf(rule).motivation ?? ''} />,
    },
    {
      id: 'what',
      minWidthPx: 200,
      label: t('policies.catalogue.what'),
      render: rule => <HostileText text={textsOf(rule).remediation ?? ''} />,
    },
    {
      id: 'controls',
      minWidthPx: 130,
      label: t('policies.catalogue.controls'),
      render: ({ controls }) => <Controls controls={controls} />,
    },
    {
      id: 'usedBy',
      minWidthPx: 100,
      label: t('policies.catalogue.usedBy'),
      render: rule => (
        <UsedBy
          policies={list.items.filter(({ rules }) =>
            rules.some(({ use }) => use === rule.id),
          )}
        />
      ),
    },
  ];
}

function Rule(props: { rule: schema.RuleDescription; title: string }) {
  const { rule, title } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <>
      <span className={classes.strong}>
        <HostileText text={title} />
      </span>
      <div>
        <HostileText code text={rule.id} />
      </div>
      <div className={classes.secondary}>
        {t('image.policy.severity', {
          severity: t(`severity.${rule.severity}`),
        })}
      </div>
    </>
  );
}

function UsedBy(props: { policies: schema.PolicyReport[] }) {
  const { policies } = props;
  const { t } = useMessages();
  const links = useLinks();
  if (policies.length === 0) {
    return <>{t('policies.catalogue.unused')}</>;
  }
  return (
    <>
      {policies.map(({ name, title }) => (
        <div key={name}>
          <Link to={links.policies(name)}>
            <HostileText text={title ?? name} />
          </Link>
        </div>
      ))}
    </>
  );
}
