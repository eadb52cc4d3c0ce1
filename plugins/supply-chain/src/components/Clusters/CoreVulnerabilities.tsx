import { schema } from 'backstage-plugin-supply-chain-common';
import { useClusterVulnerabilities } from '../../hooks/useClusters';
import { useFindingFilter } from '../../hooks/useFindingFilter';
import { usePageState } from '../../hooks/useUrlState';
import { useMessages } from '../../translations/useMessages';
import { FilterBar } from '../../ui/Filters';
import { HostileText } from '../../ui/HostileText';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { RemoteContent } from '../../ui/RemoteContent';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { SafeLink } from '../../ui/SafeLink';
import { SeverityChip } from '../../ui/SeverityChips';
import { TimeAgo } from '../../ui/TimeAgo';
import { Pager } from '../shared/Pager';
import { FindingFilterFields } from '../shared/vulnerabilities/FindingFilterFields';

/**
 * The vulnerabilities of the core components of a cluster, filtered and paged by the backend.
 */
export function CoreVulnerabilities(props: { cluster: string }) {
  const { t } = useMessages();
  const classes = usePageStyles();
  const { severity, fixable, search } = useFindingFilter();
  const { page, pageSize } = usePageState();
  const state = useClusterVulnerabilities({
    cluster: props.cluster,
    severity,
    fixable,
    search,
    offset: page * pageSize,
    limit: pageSize,
  });
  const narrowed = [severity, fixable, search].some(each => each !== undefined);
  return (
    <Panel title={t('clusters.core.list')}>
      <div className={classes.page}>
        <FilterBar>
          <FindingFilterFields
            searchLabel={t('clusters.core.search')}
            withExploits={false}
          />
        </FilterBar>
        <RemoteContent state={state}>
          {findings => <Findings page={findings} narrowed={narrowed} />}
        </RemoteContent>
      </div>
    </Panel>
  );
}

function Findings(props: {
  page: schema.ClusterVulnerabilityPage;
  narrowed: boolean;
}) {
  const { total, items } = props.page;
  const { t } = useMessages();
  const columns = useColumns();
  return (
    <>
      <ResponsiveTable
        caption={t('clusters.core.listCaption')}
        columns={columns}
        rows={items}
        keyOf={row => JSON.stringify(row)}
        empty={props.narrowed ? undefined : t('clusters.core.empty')}
      />
      {total > 0 && <Pager total={total} />}
    </>
  );
}

function useColumns(): Column<schema.ClusterVulnerability>[] {
  const { t } = useMessages();
  const classes = usePageStyles();
  return [
    {
      id: 'severity',
      label: t('image.vulnerabilities.column.severity'),
      render: ({ severity }) => <SeverityChip severity={severity} />,
    },
    {
      id: 'id',
      minWidthPx: 180,
      label: t('image.vulnerabilities.column.id'),
      render: ({ id, link, title }) => (
        <>
          <SafeLink url={link} text={id} />
          {title && (
            <div className={classes.secondary}>
              <HostileText text={title} />
            </div>
          )}
        </>
      ),
    },
    {
      id: 'package',
      minWidthPx: 140,
      label: t('image.vulnerabilities.column.package'),
      render: ({ packageName, installedVersion }) => (
        <HostileText text={`${packageName} ${installedVersion}`.trim()} />
      ),
    },
    {
      id: 'fixed',
      label: t('image.vulnerabilities.column.fixed'),
      render: ({ fixedVersion }) =>
        fixedVersion ? (
          <HostileText text={fixedVersion} />
        ) : (
          t('image.vulnerabilities.noFix')
        ),
    },
    {
      id: 'published',
      noWrap: true,
      label: t('clusters.core.column.published'),
      render: ({ publishedAt }) =>
        publishedAt ? <TimeAgo at={publishedAt} /> : t('dash'),
    },
  ];
}
