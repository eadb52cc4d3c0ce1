import { schema } from 'backstage-plugin-supply-chain-common';
import { useCluster } from '../../hooks/useClusters';
import { useLinks } from '../../hooks/useLinks';
import { useUrlState } from '../../hooks/useUrlState';
import { useMessages } from '../../translations/useMessages';
import { SandboxBanner } from '../../ui/Banners';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { RemoteContent } from '../../ui/RemoteContent';
import { TabBar } from '../../ui/TabBar';
import { Breadcrumb } from '../shared/Breadcrumb';
import { ChecksTab } from './ChecksTab';
import { ClusterFacts } from './ClusterFacts';
import { ComplianceTab } from './ComplianceTab';
import { ContentsTab } from './ContentsTab';
import { CoreTab } from './CoreTab';

const TABS = ['compliance', 'checks', 'vulnerabilities', 'contents'] as const;
type Tab = (typeof TABS)[number];

/** Filters and page belong to the tab that is left. */
const NO_FILTERS = Object.fromEntries(
  [
    'page',
    'search',
    'severity',
    'fixable',
    'framework',
    'status',
    'topic',
    'check',
  ].map(name => [name, undefined]),
);

/**
 * What is reported on a cluster as a whole: of no service, and so for those who may see what belongs to none.
 */
export function ClusterPage(props: { cluster: string }) {
  const classes = usePageStyles();
  const state = useCluster(props.cluster);
  return (
    <div className={classes.frame} data-supply-chain>
      <RemoteContent state={state}>
        {report => <ClusterView report={report} />}
      </RemoteContent>
    </div>
  );
}

function ClusterView(props: { report: schema.ClusterReport }) {
  const { report } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  const links = useLinks();
  const { get, set } = useUrlState();
  const tab = TABS.find(id => id === get('tab')) ?? 'compliance';
  return (
    <div className={classes.page}>
      <SandboxBanner sandbox={report.sandbox} />
      <Breadcrumb
        parents={[{ to: links.clusters(), label: t('clusters.breadcrumb') }]}
        current={report.cluster}
      />
      <Panel title={t('clusters.page.title', { cluster: report.cluster })}>
        <p className={classes.secondary} style={{ marginTop: 0 }}>
          {t('clusters.page.about')}
        </p>
        <ClusterFacts report={report} />
        {report.missingPermissions.map(permission => (
          <p key={permission} className={classes.secondary}>
            {t('clusters.page.missingPermission', { permission })}
          </p>
        ))}
      </Panel>
      <TabBar
        label={t('clusters.page.tabs.label')}
        tabs={TABS.map(id => ({ id, label: t(`clusters.page.tabs.${id}`) }))}
        selected={tab}
        onSelect={id => set({ ...NO_FILTERS, tab: id }, { push: true })}
      >
        <TabContent tab={tab} report={report} />
      </TabBar>
    </div>
  );
}

function TabContent(props: { tab: Tab; report: schema.ClusterReport }) {
  const { tab, report } = props;
  switch (tab) {
    case 'compliance':
      return <ComplianceTab report={report} />;
    case 'checks':
      return <ChecksTab report={report} />;
    case 'vulnerabilities':
      return <CoreTab report={report} />;
    case 'contents':
      return <ContentsTab report={report} />;
    default:
      throw new TypeError(`Unknown tab '${tab}'`);
  }
}
