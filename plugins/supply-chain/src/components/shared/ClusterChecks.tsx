import { schema } from 'backstage-plugin-supply-chain-common';
import {
  CHECK_FILTER_PARAMETERS,
  CheckFilter,
  CheckSubject,
  useCheckFilter,
  useCheckResults,
  useCheckResultsExport,
} from '../../hooks/useCheckResults';
import { usePageState, useUrlState } from '../../hooks/useUrlState';
import { useMessages } from '../../translations/useMessages';
import { CHECK_SEVERITIES } from '../../ui/checkSeverities';
import { FilterBar } from '../../ui/Filters';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { RemoteContent } from '../../ui/RemoteContent';
import { TimeAgo } from '../../ui/TimeAgo';
import { EnforcerNotes } from './EnforcerNotes';
import { countsText, EnforcerTable, ShowAllButton } from './EnforcerResults';
import { ExportMenu } from './ExportMenu';
import { Pager } from './Pager';
import { SearchField, SeverityField } from './UrlFilters';

/** The list of each topic, and the parameter that opens all of it. */
const LISTS: Record<schema.CheckTopicName, string> = {
  configuration: 'checks-configuration',
  rbac: 'checks-rbac',
  infrastructure: 'checks-infrastructure',
  secrets: 'checks-secrets',
};
const ALL_LISTS = Object.values(LISTS);

/** So few rows need no pages. */
const ROWS_WITHOUT_PAGER = 10;

/**
 * What a scanner of the clusters checked of the workloads beside vulnerabilities, each topic under its heading. Nothing
 * where nothing was checked.
 */
export function ClusterChecks(props: {
  checks?: schema.ClusterChecks;
  of: CheckSubject;
}) {
  const { checks, of } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  if (!checks) {
    return null;
  }
  const anyResult = checks.groups.some(({ total }) => total > 0);
  return (
    <Panel
      title={t('checks.title')}
      actions={anyResult && <ExportChecks of={of} />}
    >
      <p className={classes.secondary} style={{ marginTop: 0 }}>
        {t('checks.about')}
      </p>
      <div className={classes.page}>
        {anyResult && <Filters />}
        {checks.groups.map(group => (
          <Topic key={group.topic} group={group} of={of} />
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

function ExportChecks(props: { of: CheckSubject }) {
  const filter = useCheckFilter();
  const exporting = useCheckResultsExport(props.of, filter);
  return <ExportMenu source={exporting} />;
}

function Filters() {
  const { severity, search } = CHECK_FILTER_PARAMETERS;
  return (
    <FilterBar>
      <SeverityField
        parameter={severity}
        lists={ALL_LISTS}
        severities={CHECK_SEVERITIES}
      />
      <SearchField parameter={search} lists={ALL_LISTS} />
    </FilterBar>
  );
}

function Topic(props: { group: schema.CheckGroup; of: CheckSubject }) {
  const { group, of } = props;
  const { topic, counts, total, notes, observedAt } = group;
  const messages = useMessages();
  const { t } = messages;
  const classes = usePageStyles();
  return (
    <Panel
      title={t(`checks.topic.${topic}`)}
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
        <TopicResults group={group} of={of} />
      )}
      <EnforcerNotes notes={notes} />
    </Panel>
  );
}

/** What fails of a topic, and the rest when asked, paged by the backend. */
function TopicResults(props: { group: schema.CheckGroup; of: CheckSubject }) {
  const { topic, counts } = props.group;
  const list = LISTS[topic];
  const { get } = useUrlState();
  const { page, pageSize } = usePageState(list);
  const filter = useCheckFilter();
  const state = useCheckResults(props.of, {
    topic,
    ...filter,
    failing: get(list) === 'all' ? undefined : true,
    offset: page * pageSize,
    limit: pageSize,
  });
  return (
    <>
      <RemoteContent state={state}>
        {answer => <Results topic={topic} answer={answer} filter={filter} />}
      </RemoteContent>
      <ShowAllButton
        openedBy={list}
        hidden={counts.pass + counts.skip}
        list={list}
      />
    </>
  );
}

function Results(props: {
  topic: schema.CheckTopicName;
  answer: schema.CheckResultPage;
  filter: CheckFilter;
}) {
  const { topic, answer, filter } = props;
  const { total, items } = answer;
  const { t } = useMessages();
  // A page that is past the end is empty too, and says nothing of what fails.
  const nothingFails = total === 0 && !filter.severity && !filter.search;
  return (
    <>
      <EnforcerTable
        caption={t('checks.caption', { topic: t(`checks.topic.${topic}`) })}
        rows={items}
        empty={nothingFails ? t('enforcers.onlyGood') : undefined}
      />
      {total > ROWS_WITHOUT_PAGER && (
        <Pager total={total} list={LISTS[topic]} />
      )}
    </>
  );
}
