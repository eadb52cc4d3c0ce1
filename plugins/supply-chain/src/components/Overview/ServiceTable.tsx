import { schema } from 'backstage-plugin-supply-chain-common';
import { Messages, useMessages } from '../../translations/useMessages';
import { OverviewFilters } from '../../hooks/useOverviewFilters';
import { useUrlState } from '../../hooks/useUrlState';
import { EntityLink } from '../../ui/EntityChip';
import { shortEntityName } from '../../ui/entityName';
import { HostileText } from '../../ui/HostileText';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { Pager } from '../shared/Pager';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { PolicyCounts } from '../../ui/PolicyCounts';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { ScanSummary } from '../../ui/ScanSummary';
import { TimeAgo } from '../../ui/TimeAgo';

/**
 * The services the filters leave, sorted and paged by the backend.
 */
export function ServiceTable(props: {
  overview: schema.Overview;
  filters: OverviewFilters;
}) {
  const { overview, filters } = props;
  const messages = useMessages();
  const { t } = messages;
  const { set } = useUrlState();
  return (
    <Panel title={t('overview.table.title')}>
      <ResponsiveTable
        caption={t('overview.table.caption')}
        columns={columnsOf(messages)}
        rows={overview.items}
        keyOf={row => row.entityRef}
        sorting={{
          orderBy: filters.orderBy,
          order: filters.order,
          onChange: (orderBy, order) =>
            set({ orderBy, order, page: undefined }),
        }}
        empty={t('overview.table.empty')}
      />
      {overview.total > 0 && <Pager total={overview.total} />}
    </Panel>
  );
}

function columnsOf({ t }: Messages): Column<schema.ServiceRow>[] {
  return [
    {
      id: 'name',
      label: t('overview.table.service'),
      sortable: true,
      render: row => <Service row={row} />,
    },
    {
      id: 'owner',
      label: t('overview.table.owner'),
      sortable: true,
      render: row =>
        row.owner ? (
          <EntityLink entityRef={row.owner} />
        ) : (
          t('overview.table.noOwner')
        ),
    },
    {
      id: 'outcome',
      label: t('overview.table.verdict'),
      sortable: true,
      render: row => <ServiceVerdict row={row} />,
    },
    {
      id: 'signed',
      label: t('overview.table.signed'),
      render: row => <ShareCell share={row.signed} />,
    },
    {
      id: 'registry',
      label: t('overview.table.registry'),
      render: row => <ShareCell share={row.registry} />,
    },
    {
      id: 'findings',
      label: t('overview.table.findings'),
      render: row => <ScanSummary summary={row.vulnerabilities} />,
    },
    {
      id: 'policy',
      label: t('overview.table.policy'),
      render: row => <PolicyCounts counts={row.counts} />,
    },
    {
      id: 'changed',
      label: t('overview.table.changed'),
      sortable: true,
      render: row =>
        row.changedAt ? <TimeAgo at={row.changedAt} /> : t('dash'),
    },
  ];
}

function Service(props: { row: schema.ServiceRow }) {
  const { entityRef, title, system } = props.row;
  const classes = usePageStyles();
  return (
    <>
      <span className={classes.strong}>
        <EntityLink entityRef={entityRef} defaultKind="component" />
      </span>
      <div className={classes.secondary}>
        {title && (
          <div>
            <HostileText text={title} />
          </div>
        )}
        {system && <HostileText text={shortEntityName(system, 'system')} />}
      </div>
    </>
  );
}

function ServiceVerdict(props: { row: schema.ServiceRow }) {
  const { outcome, reason, running } = props.row;
  const { t, meaning } = useMessages();
  const classes = usePageStyles();
  return (
    <>
      <OutcomeLabel outcome={outcome} of="service" />
      <div className={classes.secondary}>
        {!running && <div>{t('overview.table.notRunning')}</div>}
        {reason && meaning(reason)}
      </div>
    </>
  );
}

function ShareCell(props: { share: schema.Share }) {
  const { pass, applicable, unknown } = props.share;
  const { t } = useMessages();
  const classes = usePageStyles();
  if (applicable === 0) {
    return <>{t('dash')}</>;
  }
  return (
    <>
      {t('overview.table.share', { pass, total: applicable })}
      {unknown > 0 && (
        <div className={classes.secondary}>
          {t('overview.figures.unknown', { count: unknown })}
        </div>
      )}
    </>
  );
}
