import { Link } from '@backstage/core-components';
import { schema } from 'backstage-plugin-supply-chain-common';
import { useLinks } from '../../hooks/useLinks';
import { useRuleTitle } from '../../hooks/useRuleTitle';
import { Messages, useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { SafeLink } from '../../ui/SafeLink';
import { FRAMEWORKS, isKnownFramework } from './frameworkNames';

/**
 * Framework by framework which control is served by which rule in force. What nobody evaluates is said aloud.
 */
export function Frameworks(props: { list: schema.PolicyList }) {
  const { list } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <Panel
      title={t('policies.frameworks.title')}
      subtitle={t('policies.frameworks.hint')}
    >
      <div className={classes.page}>
        {list.frameworks.map(framework => (
          <Framework
            key={framework.framework}
            framework={framework}
            policies={list.items}
          />
        ))}
      </div>
    </Panel>
  );
}

function Framework(props: {
  framework: schema.ControlFramework;
  policies: schema.PolicyReport[];
}) {
  const { framework, policies } = props;
  const { controls } = framework;
  const messages = useMessages();
  const { t } = messages;
  const ruleTitle = useRuleTitle();
  const known = isKnownFramework(framework.framework)
    ? FRAMEWORKS[framework.framework]
    : undefined;
  const name = known?.name ?? t('policies.frameworks.other');
  const served = controls.filter(({ rules }) => rules.length > 0).length;
  return (
    <Panel
      headingLevel="h3"
      title={<HostileText text={name} />}
      subtitle={t('policies.frameworks.share', {
        served,
        total: controls.length,
      })}
      actions={
        known && (
          <SafeLink url={known.url} text={t('policies.frameworks.read')} />
        )
      }
    >
      <ResponsiveTable
        caption={t('policies.frameworks.caption', { framework: name })}
        columns={columnsOf({ messages, ruleTitle, policies })}
        rows={controls}
        keyOf={control => control.id}
        empty={t('policies.frameworks.nothing')}
      />
    </Panel>
  );
}

function columnsOf(options: {
  messages: Messages;
  ruleTitle: (ruleId: string) => string;
  policies: schema.PolicyReport[];
}): Column<schema.FrameworkControl>[] {
  const { messages, ruleTitle, policies } = options;
  const { t } = messages;
  return [
    {
      id: 'control',
      minWidthPx: 160,
      label: t('policies.frameworks.control'),
      render: ({ id }) => <HostileText text={id} />,
    },
    {
      id: 'rules',
      minWidthPx: 240,
      label: t('policies.frameworks.rules'),
      render: ({ rules, available }) =>
        rules.length > 0 ? (
          <ServedBy rules={rules} policies={policies} />
        ) : (
          <NotEvaluated available={available.map(ruleTitle)} />
        ),
    },
  ];
}

function ServedBy(props: {
  rules: schema.PolicyRuleRef[];
  policies: schema.PolicyReport[];
}) {
  const { rules, policies } = props;
  const links = useLinks();
  const ruleTitle = useRuleTitle();
  const classes = usePageStyles();
  return (
    <ul className={classes.plainList}>
      {rules.map(({ policy, ruleId }) => (
        <li key={`${policy}/${ruleId}`}>
          <HostileText text={ruleTitle(ruleId)} />{' '}
          <span className={classes.secondary}>
            <Link to={links.policies(policy)}>
              <HostileText
                text={
                  policies.find(({ name }) => name === policy)?.title ?? policy
                }
              />
            </Link>
          </span>
        </li>
      ))}
    </ul>
  );
}

function NotEvaluated(props: { available: string[] }) {
  const { available } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <>
      <OutcomeLabel outcome="unknown">
        {t('policies.frameworks.notEvaluated')}
      </OutcomeLabel>
      <div className={classes.secondary}>
        {available.length > 0
          ? t('policies.frameworks.available', { rules: available.join(', ') })
          : t('policies.frameworks.noRule')}
      </div>
    </>
  );
}
