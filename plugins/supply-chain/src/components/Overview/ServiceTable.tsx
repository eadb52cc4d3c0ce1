import { ReactNode } from 'react';
import { schema } from 'backstage-plugin-supply-chain-common';
import { Messages, useMessages } from '../../translations/useMessages';
import { OverviewFilters } from '../../hooks/useOverviewFilters';
import { useUrlState } from '../../hooks/useUrlState';
import { EntityLink } from '../../ui/EntityChip';
import { shortEntityName } from '../../ui/entityName';
import { escapeHostileText } from '../../ui/escapeHostileText';
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
  actions: ReactNode;
}) {
  const { overview, filters, actions } = props;
  const messages = useMessages();
  const { t } = messages;
  const { set } = useUrlState();
  return (
    <Panel title={t('overview.table.title')} actions={actions}>
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
      minWidthPx: 120,
      label: t('overview.table.service'),
      sortable: true,
      render: row => <Service row={row} />,
    },
    {
      id: 'owner',
      minWidthPx: 80,
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
      minWidthPx: 150,
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
      id: 'provenance',
      label: t('overview.table.ownRepository'),
      render: row => <ShareCell share={row.provenance} />,
    },
    {
      id: 'registry',
      label: t('overview.table.registry'),
      render: row => <ShareCell share={row.registry} />,
    },
    {
      id: 'findings',
      minWidthPx: 150,
      label: t('overview.table.findings'),
      render: row => <ScanSummary summary={row.vulnerabilities} />,
    },
    {
      id: 'policy',
      minWidthPx: 80,
      label: t('overview.table.policy'),
      render: row => <PolicyCounts counts={row.counts} />,
    },
    {
      id: 'changed',
      noWrap: true,
      label: t('overview.table.changed'),
      sortable: true,
      render: row =>
        row.changedAt ? <TimeAgo at={row.changedAt} /> : t('dash'),
    },
  ];
}

/** Two names that differ by case, spaces or hyphens only are one to a reader. */
function sameName(left: string, right: string): boolean {
  const plain = (name: string) => name.toLowerCase().replace(/[\s_-]/g, '');
  return plain(left) === plain(right);
}

function Service(props: { row: schema.ServiceRow }) {
  const { entityRef, title, system } = props.row;
  const classes = usePageStyles();
  const name = shortEntityName(entityRef, 'component');
  const below = [
    ...(title && !sameName(title, name) ? [name] : []),
    ...(system ? [shortEntityName(system, 'system')] : []),
  ];
  return (
    <>
      <span className={classes.strong}>
        <EntityLink
          entityRef={entityRef}
          defaultKind="component"
          title={title && escapeHostileText(title)}
        />
      </span>
      <div className={classes.secondary}>
        <HostileText text={below.join(' · ')} />
      </div>
    </>
  );
}

function ServiceVerdict(props: { row: schema.ServiceRow }) {
  const { outcome, reason, running } = props.row;
  const { t, label, meaning } = useMessages();
  const classes = usePageStyles();
  return (
    <>
      <OutcomeLabel outcome={outcome} of="service" />
      <div className={classes.secondary} title={reason && meaning(reason)}>
        {!running && <div>{t('overview.table.notRunning')}</div>}
        {reason && label(reason)}
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
