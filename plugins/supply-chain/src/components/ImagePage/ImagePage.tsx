import { schema } from 'backstage-plugin-supply-chain-common';
import { parseEntityRef } from '@backstage/catalog-model';
import { ImageAddress, useImageReport } from '../../hooks/useImageReport';
import { useMessages } from '../../translations/useMessages';
import { useUrlState } from '../../hooks/useUrlState';
import { SandboxBanner } from '../../ui/Banners';
import { Notice } from '../../ui/Notice';
import { usePageStyles } from '../../ui/pageStyles';
import { RemoteContent } from '../../ui/RemoteContent';
import { TabBar } from '../../ui/TabBar';
import { CompareTab } from './compare';
import { ContentsTab } from './ContentsTab';
import { HistoryTab } from './HistoryTab';
import { ImageHeader } from './ImageHeader';
import { PolicyTab } from './PolicyTab';
import { ProvenanceTab } from './ProvenanceTab';
import { RawTab } from './RawTab';
import { SignatureTab } from './SignatureTab';
import { VulnerabilitiesTab } from './VulnerabilitiesTab';

const TABS = [
  'signature',
  'provenance',
  'vulnerabilities',
  'contents',
  'policy',
  'history',
  'compare',
  'raw',
] as const;
type Tab = (typeof TABS)[number];

/** Everything else in the address, filters and page for instance, belongs to the tab that is left. */
const OF_ALL_TABS = ['repository', 'pageSize'];

/**
 * One image in one repository: the target of rows, notifications and search.
 */
export function ImagePage(props: { digest: string }) {
  const { digest } = props;
  const { get } = useUrlState();
  const { t } = useMessages();
  const classes = usePageStyles();
  const repository = get('repository');
  return (
    <div className={classes.frame} data-supply-chain>
      {repository ? (
        <KnownImage image={{ repository, digest }} />
      ) : (
        <Notice tone="unknown">{t('image.needRepository')}</Notice>
      )}
    </div>
  );
}

function KnownImage(props: { image: ImageAddress }) {
  const state = useImageReport(props.image);
  return (
    <RemoteContent state={state}>
      {report => <ImageReportView report={report} reload={state.reload} />}
    </RemoteContent>
  );
}

function tabLabels(
  report: schema.ImageReport,
  t: ReturnType<typeof useMessages>['t'],
): Record<Tab, string> {
  const { vulnerabilities, verdicts, contents } = report;
  const findings =
    vulnerabilities?.counts &&
    Object.values(vulnerabilities.counts).reduce((sum, one) => sum + one, 0);
  const rules = verdicts.reduce(
    (sum, verdict) => sum + verdict.findings.length,
    0,
  );
  return {
    signature: t('image.tabs.signature'),
    provenance: t('image.tabs.provenance'),
    vulnerabilities:
      findings === undefined
        ? t('image.tabs.vulnerabilities')
        : `${t('image.tabs.vulnerabilities')} ${findings}`,
    contents:
      contents?.components === undefined
        ? t('image.tabs.contents')
        : `${t('image.tabs.contents')} ${contents.components}`,
    policy: `${t('image.tabs.policy')} ${rules}`,
    history: t('image.tabs.history'),
    compare: t('image.tabs.compare'),
    raw: t('image.tabs.raw'),
  };
}

function ImageReportView(props: {
  report: schema.ImageReport;
  reload: () => void;
}) {
  const { report, reload } = props;
  const { t } = useMessages();
  const { get, set } = useUrlState();
  const classes = usePageStyles();
  const labels = tabLabels(report, t);
  const tab = TABS.find(id => id === get('tab')) ?? 'signature';
  const runner = report.entityRefs[0];
  return (
    <div className={classes.page}>
      <SandboxBanner sandbox={report.sandbox} />
      <ImageHeader
        report={report}
        reload={reload}
        runner={runner ? parseEntityRef(runner) : undefined}
      />
      <TabBar
        label={t('image.tabs.label')}
        tabs={TABS.map(id => ({ id, label: labels[id] }))}
        selected={tab}
        onSelect={id => set({ tab: id }, { push: true, keep: OF_ALL_TABS })}
      >
        <TabContent tab={tab} report={report} />
      </TabBar>
    </div>
  );
}

function TabContent(props: { tab: Tab; report: schema.ImageReport }) {
  const { tab, report } = props;
  switch (tab) {
    case 'signature':
      return <SignatureTab report={report} />;
    case 'provenance':
      return <ProvenanceTab report={report} />;
    case 'vulnerabilities':
      return <VulnerabilitiesTab report={report} />;
    case 'contents':
      return <ContentsTab report={report} />;
    case 'policy':
      return <PolicyTab report={report} />;
    case 'history':
      return (
        <HistoryTab
          image={{ repository: report.repository, digest: report.digest }}
        />
      );
    case 'compare':
      return <CompareTab report={report} />;
    case 'raw':
      return <RawTab report={report} />;
    default:
      throw new TypeError(`Unknown tab '${tab}'`);
  }
}
