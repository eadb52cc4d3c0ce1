import Button from '@material-ui/core/Button';
import { schema } from 'backstage-plugin-supply-chain-common';
import { useUrlState } from '../../hooks/useUrlState';
import { useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { TimeAgo } from '../../ui/TimeAgo';
import { ControlList } from './ControlList';
import { controlsText } from './counts';
import { isReadWell, ReadNotices } from './ReadNotices';

/**
 * The frameworks a cluster is compared with, and their controls.
 */
export function ComplianceTab(props: { report: schema.ClusterReport }) {
  const { cluster, compliance } = props.report;
  const { reads, frameworks } = compliance;
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <div className={classes.page}>
      <ReadNotices reads={reads} />
      {frameworks.length > 0 ? (
        <>
          <Frameworks frameworks={frameworks} />
          <ControlList cluster={cluster} frameworks={frameworks} />
        </>
      ) : (
        isReadWell(reads) && <p>{t('clusters.read.ok')}</p>
      )}
    </div>
  );
}

function Frameworks(props: { frameworks: schema.ComplianceFramework[] }) {
  const { t } = useMessages();
  const columns = useColumns();
  return (
    <Panel title={t('clusters.compliance.frameworks')}>
      <ResponsiveTable
        caption={t('clusters.compliance.frameworksCaption')}
        columns={columns}
        rows={props.frameworks}
        keyOf={({ id }) => id}
      />
    </Panel>
  );
}

function useColumns(): Column<schema.ComplianceFramework>[] {
  const messages = useMessages();
  const { t } = messages;
  const { set } = useUrlState();
  const classes = usePageStyles();
  return [
    {
      id: 'framework',
      minWidthPx: 180,
      label: t('clusters.compliance.column.framework'),
      render: ({ title, name, version }) => (
        <>
          <HostileText text={title} />
          <div className={classes.secondary}>
            <HostileText text={name} />
            {version && (
              <>
                {' · '}
                {t('clusters.compliance.version', { version })}
              </>
            )}
          </div>
        </>
      ),
    },
    {
      id: 'result',
      minWidthPx: 160,
      label: t('clusters.compliance.column.result'),
      render: ({ controls }) => controlsText(controls, messages),
    },
    {
      id: 'evaluated',
      label: t('clusters.compliance.column.evaluated'),
      render: ({ evaluatedAt }) =>
        evaluatedAt ? (
          <TimeAgo at={evaluatedAt} />
        ) : (
          t('clusters.compliance.timeUnknown')
        ),
    },
    {
      id: 'controls',
      label: t('clusters.compliance.controls'),
      render: ({ id, title }) => (
        <Button
          size="small"
          variant="outlined"
          className={classes.plainButton}
          aria-label={`${t('clusters.compliance.showControls')}: ${title}`}
          onClick={() => set({ framework: id, page: undefined })}
        >
          {t('clusters.compliance.showControls')}
        </Button>
      ),
    },
  ];
}
