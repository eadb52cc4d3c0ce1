import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { TimeAgo } from '../../ui/TimeAgo';
import { CoreVulnerabilities } from './CoreVulnerabilities';
import { isReadWell, ReadNotices } from './ReadNotices';

/**
 * Vulnerabilities of what a cluster itself is made of.
 */
export function CoreTab(props: { report: schema.ClusterReport }) {
  const { cluster, vulnerabilities } = props.report;
  const { reads, scans } = vulnerabilities;
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <div className={classes.page}>
      <ReadNotices reads={reads} />
      {scans.length > 0 ? (
        <>
          <Scans scans={scans} />
          <CoreVulnerabilities cluster={cluster} />
        </>
      ) : (
        isReadWell(reads) && <p>{t('clusters.read.ok')}</p>
      )}
    </div>
  );
}

function Scans(props: { scans: schema.ClusterScan[] }) {
  const { t } = useMessages();
  const classes = usePageStyles();
  const columns = useColumns();
  return (
    <Panel title={t('clusters.core.scans')}>
      <p className={classes.secondary} style={{ marginTop: 0 }}>
        {t('clusters.core.about')}
      </p>
      <ResponsiveTable
        caption={t('clusters.core.scansCaption')}
        columns={columns}
        rows={props.scans}
        keyOf={scan => JSON.stringify(scan)}
      />
    </Panel>
  );
}

function useColumns(): Column<schema.ClusterScan>[] {
  const { t } = useMessages();
  return [
    {
      id: 'component',
      minWidthPx: 160,
      label: t('clusters.core.column.component'),
      render: ({ name, version = '' }) => (
        <HostileText text={`${name} ${version}`.trim() || t('dash')} />
      ),
    },
    {
      id: 'os',
      label: t('clusters.core.column.os'),
      render: ({ os, endOfLife }) => (
        <>
          {os ? <HostileText text={os} /> : t('dash')}
          {endOfLife && (
            <div>
              <OutcomeLabel outcome="warn">
                {t('clusters.core.endOfLife')}
              </OutcomeLabel>
            </div>
          )}
        </>
      ),
    },
    {
      id: 'scanner',
      label: t('clusters.core.column.scanner'),
      render: ({ scanner }) => <HostileText text={scanner} />,
    },
    {
      id: 'scanned',
      noWrap: true,
      label: t('clusters.core.column.scanned'),
      render: ({ scannedAt }) => <TimeAgo at={scannedAt} />,
    },
  ];
}
