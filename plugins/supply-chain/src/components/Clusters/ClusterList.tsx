import { Link } from '@backstage/core-components';
import { schema } from 'backstage-plugin-supply-chain-common';
import { useClusters } from '../../hooks/useClusters';
import { useLinks } from '../../hooks/useLinks';
import { usePageState } from '../../hooks/useUrlState';
import { useMessages } from '../../translations/useMessages';
import { SandboxBanner } from '../../ui/Banners';
import { HostileText } from '../../ui/HostileText';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { RemoteContent } from '../../ui/RemoteContent';
import { RemoteState } from '../../ui/remoteState';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { SeverityChips } from '../../ui/SeverityChips';
import { Pager } from '../shared/Pager';
import { Breadcrumb } from '../shared/Breadcrumb';
import { controlsText, failingText } from './counts';

/** Beside another list: the workloads of no service. */
const LIST = 'clusters';

function useClusterPage(): RemoteState<schema.ClusterList> {
  const { page, pageSize } = usePageState(LIST);
  return useClusters({ offset: page * pageSize, limit: pageSize });
}

/**
 * The clusters as a page of their own.
 */
export function ClusterListPage() {
  const { t } = useMessages();
  const classes = usePageStyles();
  const state = useClusterPage();
  return (
    <div className={classes.frame} data-supply-chain>
      {state.status === 'ready' && (
        <SandboxBanner sandbox={state.value.sandbox} />
      )}
      <Breadcrumb current={t('clusters.breadcrumb')} />
      <ClusterPanel state={state} />
    </div>
  );
}

/**
 * The clusters, with what reports on each as a whole come to.
 */
export function ClusterList() {
  return <ClusterPanel state={useClusterPage()} />;
}

function ClusterPanel(props: { state: RemoteState<schema.ClusterList> }) {
  const { state } = props;
  const { t } = useMessages();
  const columns = useColumns();
  return (
    <Panel title={t('clusters.title')} subtitle={t('clusters.hint')}>
      <RemoteContent state={state}>
        {({ items, total }) => (
          <>
            <ResponsiveTable
              caption={t('clusters.caption')}
              columns={columns}
              rows={items}
              keyOf={({ cluster }) => cluster}
              empty={t('clusters.none')}
            />
            {total > 0 && <Pager total={total} list={LIST} />}
          </>
        )}
      </RemoteContent>
    </Panel>
  );
}

function useColumns(): Column<schema.ClusterRow>[] {
  const messages = useMessages();
  const { t } = messages;
  const links = useLinks();
  return [
    {
      id: 'cluster',
      label: t('clusters.column.cluster'),
      render: ({ cluster }) => (
        <Link to={links.cluster(cluster)}>
          <HostileText text={cluster} />
        </Link>
      ),
    },
    {
      id: 'compliance',
      label: t('clusters.column.compliance'),
      render: ({ controls }) =>
        controls ? controlsText(controls, messages) : t('clusters.notReported'),
    },
    {
      id: 'checks',
      label: t('clusters.column.checks'),
      render: ({ failingChecks }) =>
        failingChecks === undefined
          ? t('clusters.notReported')
          : failingText({ checks: failingChecks }, messages),
    },
    {
      id: 'vulnerabilities',
      label: t('clusters.column.vulnerabilities'),
      render: ({ vulnerabilities }) =>
        vulnerabilities ? (
          <SeverityChips counts={vulnerabilities} />
        ) : (
          t('clusters.notReported')
        ),
    },
  ];
}
