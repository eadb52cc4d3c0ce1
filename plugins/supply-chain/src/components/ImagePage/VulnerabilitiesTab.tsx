import Button from '@material-ui/core/Button';
import ButtonGroup from '@material-ui/core/ButtonGroup';
import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { useFindingFilter } from '../../hooks/useFindingFilter';
import { useUrlState } from '../../hooks/useUrlState';
import { FilterBar } from '../../ui/Filters';
import { HostileText } from '../../ui/HostileText';
import { Notice } from '../../ui/Notice';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { ScanSummary } from '../../ui/ScanSummary';
import { FindingFilterFields } from '../shared/vulnerabilities/FindingFilterFields';
import { ExportFindings } from './ExportFindings';
import { FindingsByGroup } from './FindingsByGroup';
import { FindingsList } from './FindingsList';

/** How findings are put together. */
export type Grouping = 'fix' | 'package' | 'cve';

function groupingOf(text: string | undefined): Grouping {
  return text === 'package' || text === 'cve' ? text : 'fix';
}

/**
 * What the scan found, by what would fix it, by package or one by one.
 */
export function VulnerabilitiesTab(props: { report: schema.ImageReport }) {
  const { report } = props;
  const { t } = useMessages();
  const { get } = useUrlState();
  const classes = usePageStyles();
  const summary = report.vulnerabilities;
  const scanned =
    summary !== undefined &&
    (summary.status !== 'absent' || summary.counts !== undefined);
  const grouping = groupingOf(get('group'));
  const filter = useFindingFilter();
  const image = { repository: report.repository, digest: report.digest };
  return (
    <Panel
      title={t('image.tabs.vulnerabilities')}
      actions={scanned && <ExportFindings image={image} />}
      subtitle={
        summary?.scanner && (
          <HostileText
            text={t('image.vulnerabilities.scanner', { name: summary.scanner })}
          />
        )
      }
    >
      <div className={classes.page}>
        <ScanNote summary={summary} />
        <div>
          <ScanSummary summary={summary} />
        </div>
        {!scanned && <div>{t('vulnerabilities.notScannedHow')}</div>}
        {scanned && (
          <FindingControls
            grouping={grouping}
            exploitData={report.exploitData}
          />
        )}
        {scanned &&
          (grouping === 'cve' ? (
            <FindingsList image={image} filter={filter} />
          ) : (
            <FindingsByGroup image={image} filter={filter} by={grouping} />
          ))}
      </div>
    </Panel>
  );
}

function ScanNote(props: { summary?: schema.VulnerabilitySummary }) {
  const { t } = useMessages();
  switch (props.summary?.status) {
    case 'stale':
      return <Notice tone="unknown">{t('image.vulnerabilities.stale')}</Notice>;
    case 'otherDigest':
      return (
        <Notice tone="unknown">{t('image.vulnerabilities.otherDigest')}</Notice>
      );
    default:
      return null;
  }
}

function FindingControls(props: {
  grouping: Grouping;
  exploitData: schema.ExploitDataState | undefined;
}) {
  const { t } = useMessages();
  const { set } = useUrlState();
  const classes = usePageStyles();
  const groupings: [Grouping, string][] = [
    ['fix', t('image.vulnerabilities.byFix')],
    ['package', t('image.vulnerabilities.byPackage')],
    ['cve', t('image.vulnerabilities.byCve')],
  ];
  return (
    <div className={classes.row}>
      <ButtonGroup
        size="small"
        aria-label={t('image.vulnerabilities.grouping')}
      >
        {groupings.map(([id, label]) => (
          <Button
            key={id}
            aria-pressed={props.grouping === id}
            variant={props.grouping === id ? 'contained' : 'outlined'}
            onClick={() => set({ group: id, page: undefined })}
          >
            {label}
          </Button>
        ))}
      </ButtonGroup>
      <FilterBar>
        <FindingFilterFields exploitData={props.exploitData} />
      </FilterBar>
    </div>
  );
}
