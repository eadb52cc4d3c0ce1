import { schema } from 'backstage-plugin-supply-chain-common';
import { useUrlState } from '../../hooks/useUrlState';
import { useMessages } from '../../translations/useMessages';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { TimeAgo } from '../../ui/TimeAgo';
import { CheckedObjects } from './CheckedObjects';
import { failingText } from './counts';
import { FailingChecks } from './FailingChecks';
import { isReadWell, ReadNotices } from './ReadNotices';

/**
 * What was checked of objects in no namespace: what fails, each check once, or the objects of one of them.
 */
export function ChecksTab(props: { report: schema.ClusterReport }) {
  const { cluster, checks } = props.report;
  const { reads, topics } = checks;
  const { t } = useMessages();
  const classes = usePageStyles();
  const { get } = useUrlState();
  const check = get('check');
  const topic = topics.find(each => each.topic === get('topic'))?.topic;
  if (check && topic) {
    return <CheckedObjects cluster={cluster} topic={topic} check={check} />;
  }
  return (
    <div className={classes.page}>
      <ReadNotices reads={reads} />
      {topics.length > 0 ? (
        <>
          <Topics topics={topics} />
          <FailingChecks
            cluster={cluster}
            topics={topics.map(each => each.topic)}
          />
        </>
      ) : (
        isReadWell(reads) && <p>{t('clusters.read.ok')}</p>
      )}
    </div>
  );
}

function Topics(props: { topics: schema.ClusterCheckTopic[] }) {
  const { t } = useMessages();
  const columns = useColumns();
  return (
    <Panel title={t('clusters.checks.topics')}>
      <ResponsiveTable
        caption={t('clusters.checks.topicsCaption')}
        columns={columns}
        rows={props.topics}
        keyOf={({ topic }) => topic}
      />
    </Panel>
  );
}

function useColumns(): Column<schema.ClusterCheckTopic>[] {
  const messages = useMessages();
  const { t, number } = messages;
  const classes = usePageStyles();
  return [
    {
      id: 'topic',
      label: t('clusters.checks.column.topic'),
      render: ({ topic }) => t(`checks.topic.${topic}`),
    },
    {
      id: 'objects',
      label: t('clusters.checks.column.objects'),
      render: ({ objects }) => number(objects),
    },
    {
      id: 'fails',
      minWidthPx: 160,
      label: t('clusters.checks.column.fails'),
      render: ({ failingChecks, failingObjects, leftOut }) => (
        <>
          {failingText(
            { checks: failingChecks, objects: failingObjects },
            messages,
          )}
          {leftOut > 0 && (
            <div className={classes.secondary}>
              {t('clusters.checks.leftOut', { count: leftOut })}
            </div>
          )}
        </>
      ),
    },
    {
      id: 'oldest',
      noWrap: true,
      label: t('clusters.checks.column.oldest'),
      render: ({ observedAt }) => <TimeAgo at={observedAt} />,
    },
  ];
}
