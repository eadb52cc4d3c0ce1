import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { TimeAgo } from '../../ui/TimeAgo';
import { EnforcerNotes } from './EnforcerNotes';
import { countsText, EnforcerResults } from './EnforcerResults';

/**
 * What a scanner of the clusters checked of the workloads beside vulnerabilities, each topic under its heading. Nothing
 * where nothing was checked.
 */
export function ClusterChecks(props: { checks?: schema.ClusterChecks }) {
  const { checks } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  if (!checks) {
    return null;
  }
  return (
    <Panel title={t('checks.title')}>
      <p className={classes.secondary} style={{ marginTop: 0 }}>
        {t('checks.about')}
      </p>
      <div className={classes.page}>
        {checks.groups.map(group => (
          <Topic key={group.topic} group={group} />
        ))}
      </div>
      {checks.missingPermissions.map(permission => (
        <p key={permission} className={classes.secondary}>
          {t('checks.missingPermission', { permission })}
        </p>
      ))}
    </Panel>
  );
}

function Topic(props: { group: schema.CheckGroup }) {
  const { group } = props;
  const { topic, counts, total, notes, observedAt } = group;
  const messages = useMessages();
  const { t } = messages;
  const classes = usePageStyles();
  const title = t(`checks.topic.${topic}`);
  return (
    <Panel
      title={title}
      headingLevel="h3"
      subtitle={countsText(counts, messages)}
    >
      {topic === 'rbac' && (
        <p className={classes.secondary}>{t('checks.roles')}</p>
      )}
      {total === 0 ? (
        <p>
          {t('checks.nothing')} <TimeAgo at={observedAt} />
        </p>
      ) : (
        <EnforcerResults
          said={group}
          caption={t('checks.caption', { topic: title })}
          openedBy={`checks-${topic}`}
        />
      )}
      <EnforcerNotes notes={notes} />
    </Panel>
  );
}
