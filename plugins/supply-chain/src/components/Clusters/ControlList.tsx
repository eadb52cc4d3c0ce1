import { schema } from 'backstage-plugin-supply-chain-common';
import { useControls } from '../../hooks/useClusters';
import { usePageState, useUrlState } from '../../hooks/useUrlState';
import { useMessages } from '../../translations/useMessages';
import { CHECK_SEVERITIES } from '../../ui/checkSeverities';
import { FilterBar, SelectFilter } from '../../ui/Filters';
import { HostileText } from '../../ui/HostileText';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { RemoteContent } from '../../ui/RemoteContent';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { Pager } from '../shared/Pager';
import { SearchField, SeverityField } from '../shared/UrlFilters';
import { CheckSeverityText } from './CheckSeverityText';

/** What nobody looked at can't be told, and is neither red nor green. */
const SIGNS: Record<schema.ControlStatus, schema.Outcome> = {
  fail: 'fail',
  notEvaluated: 'unknown',
  pass: 'pass',
};
const STATUSES = Object.keys(SIGNS) as schema.ControlStatus[];

type Props = { cluster: string; frameworks: schema.ComplianceFramework[] };

/**
 * The controls of the frameworks of a cluster, filtered and paged by the backend.
 */
export function ControlList(props: Props) {
  const { cluster } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  const { get } = useUrlState();
  const { page, pageSize } = usePageState();
  const state = useControls({
    cluster,
    framework: get('framework'),
    status: STATUSES.find(status => status === get('status')),
    severity: CHECK_SEVERITIES.find(each => each === get('severity')),
    search: get('search'),
    offset: page * pageSize,
    limit: pageSize,
  });
  return (
    <Panel
      title={t('clusters.compliance.controls')}
      subtitle={t('clusters.compliance.controlsHint')}
    >
      <div className={classes.page}>
        <Filters frameworks={props.frameworks} />
        <RemoteContent state={state}>
          {controls => <Controls page={controls} />}
        </RemoteContent>
        <p className={classes.secondary}>
          {t('clusters.compliance.notEvaluated')}
        </p>
      </div>
    </Panel>
  );
}

function Filters(props: Pick<Props, 'frameworks'>) {
  const { t } = useMessages();
  const { get, set } = useUrlState();
  return (
    <FilterBar>
      <SelectFilter
        label={t('clusters.compliance.column.framework')}
        value={get('framework') ?? ''}
        options={props.frameworks.map(({ id, title }) => ({
          value: id,
          label: title,
        }))}
        onChange={framework => set({ framework, page: undefined })}
      />
      <SelectFilter
        label={t('clusters.compliance.column.status')}
        value={get('status') ?? ''}
        options={STATUSES.map(value => ({
          value,
          label: t(`clusters.compliance.status.${value}`),
        }))}
        onChange={status => set({ status, page: undefined })}
      />
      <SeverityField severities={CHECK_SEVERITIES} />
      <SearchField />
    </FilterBar>
  );
}

function Controls(props: { page: schema.ControlPage }) {
  const { total, items } = props.page;
  const { t } = useMessages();
  const columns = useColumns();
  const { get } = useUrlState();
  const narrowed = ['framework', 'status', 'severity', 'search'].some(get);
  return (
    <>
      <ResponsiveTable
        caption={t('clusters.compliance.controlsCaption')}
        columns={columns}
        rows={items}
        keyOf={({ framework, id }) => JSON.stringify([framework.id, id])}
        empty={narrowed ? undefined : t('clusters.compliance.empty')}
      />
      {total > 0 && <Pager total={total} />}
    </>
  );
}

function useColumns(): Column<schema.ControlRow>[] {
  const { t, number } = useMessages();
  const classes = usePageStyles();
  return [
    {
      id: 'status',
      noWrap: true,
      label: t('clusters.compliance.column.status'),
      render: ({ status }) => (
        <OutcomeLabel outcome={SIGNS[status]}>
          {t(`clusters.compliance.status.${status}`)}
        </OutcomeLabel>
      ),
    },
    {
      id: 'control',
      minWidthPx: 220,
      label: t('clusters.compliance.column.control'),
      render: ({ id, name, framework }) => (
        <>
          <HostileText text={`${id} ${name}`} />
          <div className={classes.secondary}>
            <HostileText text={framework.title} />
          </div>
        </>
      ),
    },
    {
      id: 'severity',
      label: t('clusters.compliance.column.severity'),
      render: ({ severity }) => <CheckSeverityText severity={severity} />,
    },
    {
      id: 'failed',
      label: t('clusters.compliance.column.failed'),
      render: ({ failed }) =>
        failed === undefined ? t('dash') : number(failed),
    },
  ];
}
