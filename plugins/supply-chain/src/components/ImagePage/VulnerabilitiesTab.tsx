import { useCallback } from 'react';
import Button from '@material-ui/core/Button';
import ButtonGroup from '@material-ui/core/ButtonGroup';
import {
  schema,
  SEVERITIES_WORST_FIRST,
} from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { useUrlState } from '../../hooks/useUrlState';
import { FilterBar, SelectFilter, TextFilter } from '../../ui/Filters';
import { HostileText } from '../../ui/HostileText';
import { Notice } from '../../ui/Notice';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { ScanSummary } from '../../ui/ScanSummary';
import { FindingsByGroup } from './FindingsByGroup';
import { FindingsList } from './FindingsList';

/** How findings are put together. */
export type Grouping = 'fix' | 'package' | 'cve';

/** What is looked for among the findings. */
export type FindingFilter = {
  search?: string;
  severity?: schema.Severity;
  fixable?: boolean;
  exploited?: boolean;
};

function groupingOf(text: string | undefined): Grouping {
  return text === 'package' || text === 'cve' ? text : 'fix';
}

function choiceOf(text: string | undefined): boolean | undefined {
  switch (text) {
    case 'yes':
      return true;
    case 'no':
      return false;
    default:
      return undefined;
  }
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
  const scanned = summary !== undefined && summary.status !== 'absent';
  const grouping = groupingOf(get('group'));
  const filter: FindingFilter = {
    search: get('search'),
    severity: SEVERITIES_WORST_FIRST.find(name => name === get('severity')),
    fixable: choiceOf(get('fixable')),
    exploited: choiceOf(get('exploited')),
  };
  const image = { repository: report.repository, digest: report.digest };
  return (
    <Panel
      title={t('image.tabs.vulnerabilities')}
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
        {scanned && <FindingControls grouping={grouping} />}
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

function FindingControls(props: { grouping: Grouping }) {
  const { t } = useMessages();
  const { get, set } = useUrlState();
  const classes = usePageStyles();
  const onSearch = useCallback(
    (search: string) => set({ search, page: undefined }),
    [set],
  );
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
        <SelectFilter
          label={t('filter.severity')}
          value={get('severity') ?? ''}
          options={SEVERITIES_WORST_FIRST.map(value => ({
            value,
            label: t(`severity.${value}`),
          }))}
          onChange={severity => set({ severity, page: undefined })}
        />
        <SelectFilter
          label={t('image.vulnerabilities.fixableOnly')}
          value={get('fixable') ?? ''}
          options={[
            { value: 'yes', label: t('image.vulnerabilities.withFix') },
            { value: 'no', label: t('image.vulnerabilities.withoutFix') },
          ]}
          onChange={fixable => set({ fixable, page: undefined })}
        />
        <SelectFilter
          label={t('image.vulnerabilities.exploitedFilter')}
          value={get('exploited') ?? ''}
          options={[
            { value: 'yes', label: t('image.vulnerabilities.onlyExploited') },
            { value: 'no', label: t('image.vulnerabilities.onlyOthers') },
          ]}
          onChange={exploited => set({ exploited, page: undefined })}
        />
        <TextFilter
          label={t('filter.search')}
          value={get('search') ?? ''}
          onChange={onSearch}
        />
      </FilterBar>
    </div>
  );
}
