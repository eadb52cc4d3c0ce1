import Button from '@material-ui/core/Button';
import { schema } from 'backstage-plugin-supply-chain-common';
import { useFailingChecks } from '../../hooks/useClusters';
import { usePageState, useUrlState } from '../../hooks/useUrlState';
import { useMessages } from '../../translations/useMessages';
import { CHECK_SEVERITIES } from '../../ui/checkSeverities';
import { FilterBar, SelectFilter } from '../../ui/Filters';
import { HostileText } from '../../ui/HostileText';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { RemoteContent } from '../../ui/RemoteContent';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { Pager } from '../shared/Pager';
import { SearchField, SeverityField } from '../shared/UrlFilters';
import { CheckSeverityText } from './CheckSeverityText';

type Topic = schema.ClusterCheckTopicName;

/**
 * Checks that fail on objects in no namespace, each once, filtered and paged by the backend.
 */
export function FailingChecks(props: {
  cluster: string;
  topics: readonly Topic[];
}) {
  const { cluster, topics } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  const { get } = useUrlState();
  const { page, pageSize } = usePageState();
  const state = useFailingChecks({
    cluster,
    topic: topics.find(topic => topic === get('topic')),
    severity: CHECK_SEVERITIES.find(each => each === get('severity')),
    search: get('search'),
    offset: page * pageSize,
    limit: pageSize,
  });
  return (
    <Panel
      title={t('clusters.checks.list')}
      subtitle={t('clusters.checks.listHint')}
    >
      <div className={classes.page}>
        <Filters topics={topics} />
        <RemoteContent state={state}>
          {checks => <Checks page={checks} />}
        </RemoteContent>
      </div>
    </Panel>
  );
}

function Filters(props: { topics: readonly Topic[] }) {
  const { t } = useMessages();
  const { get, set } = useUrlState();
  return (
    <FilterBar>
      <SelectFilter
        label={t('clusters.checks.column.topic')}
        value={get('topic') ?? ''}
        options={props.topics.map(value => ({
          value,
          label: t(`checks.topic.${value}`),
        }))}
        onChange={topic => set({ topic, page: undefined })}
      />
      <SeverityField severities={CHECK_SEVERITIES} />
      <SearchField />
    </FilterBar>
  );
}

function Checks(props: { page: schema.FailingCheckPage }) {
  const { total, items } = props.page;
  const { t } = useMessages();
  const columns = useColumns();
  const { get } = useUrlState();
  const narrowed = ['topic', 'severity', 'search'].some(get);
  return (
    <>
      <ResponsiveTable
        caption={t('clusters.checks.listCaption')}
        columns={columns}
        rows={items}
        keyOf={({ topic, check }) => JSON.stringify([topic, check])}
        empty={narrowed ? undefined : t('clusters.checks.empty')}
      />
      {total > 0 && <Pager total={total} />}
    </>
  );
}

function useColumns(): Column<schema.FailingCheck>[] {
  const { t } = useMessages();
  const classes = usePageStyles();
  const { set } = useUrlState();
  return [
    {
      id: 'severity',
      label: t('clusters.checks.column.severity'),
      render: ({ severity }) => <CheckSeverityText severity={severity} />,
    },
    {
      id: 'check',
      minWidthPx: 140,
      label: t('clusters.checks.column.check'),
      render: ({ check, topic, category }) => (
        <>
          <HostileText text={check} />
          <div className={classes.secondary}>
            {t(`checks.topic.${topic}`)}
            {category && (
              <>
                {' · '}
                <HostileText text={category} />
              </>
            )}
          </div>
        </>
      ),
    },
    {
      id: 'about',
      minWidthPx: 220,
      label: t('clusters.checks.column.about'),
      render: ({ title, remediation }) => (
        <>
          {title ? <HostileText text={title} /> : t('dash')}
          {remediation && (
            <div className={classes.secondary}>
              {t('enforcers.remediation')} <HostileText text={remediation} />
            </div>
          )}
        </>
      ),
    },
    {
      id: 'objects',
      label: t('clusters.checks.column.objects'),
      render: ({ topic, check, objects }) => (
        <Button
          size="small"
          variant="outlined"
          className={classes.plainButton}
          aria-label={`${t('clusters.checks.showObjects', {
            count: objects,
          })}: ${check}`}
          onClick={() => set({ topic, check, page: undefined }, { push: true })}
        >
          {t('clusters.checks.showObjects', { count: objects })}
        </Button>
      ),
    },
  ];
}
