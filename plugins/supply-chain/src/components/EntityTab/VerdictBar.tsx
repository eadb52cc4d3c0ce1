import { schema } from 'backstage-plugin-supply-chain-common';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { useMessages } from '../../translations/useMessages';
import { Export } from '../../hooks/useExport';
import { Recheck } from '../../hooks/useRecheck';
import { ExportMenu } from '../shared/ExportMenu';
import { HostileText } from '../../ui/HostileText';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { usePageStyles } from '../../ui/pageStyles';
import { RecheckButton, RecheckProgress } from '../shared/RecheckButton';
import { TimeAgo } from '../../ui/TimeAgo';
import { headlineOf } from './headlineOf';

const useStyles = makeStyles(
  theme => ({
    bar: {
      padding: theme.spacing(2),
      border: `1px solid ${theme.palette.divider}`,
    },
    sentence: { flex: '1 1 240px', minWidth: 0, overflowWrap: 'anywhere' },
  }),
  { name: 'SupplyChainVerdictBar' },
);

function shortPolicyDigest(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 6);
}

/**
 * The answer in a sentence, when it was found out and by which policy, Re-check and Export.
 */
export function VerdictBar(props: {
  report: schema.EntityReport;
  recheck: Recheck;
  exporting: Export;
}) {
  const { report, recheck, exporting } = props;
  const classes = useStyles();
  const page = usePageStyles();
  const messages = useMessages();
  const { t } = messages;
  return (
    <Paper elevation={0} className={classes.bar}>
      <div className={page.row}>
        <OutcomeLabel outcome={report.outcome} of="service" large />
        <span className={classes.sentence}>{headlineOf(report, messages)}</span>
        <span className={page.secondary}>
          {report.evaluatedAt ? (
            <>
              {t('checked')} <TimeAgo at={report.evaluatedAt} />
            </>
          ) : (
            t('notCheckedYet')
          )}
          {report.policies.map(policy => (
            <span key={policy.name}>
              {' · '}
              {t('policy')}{' '}
              <span title={policy.digest}>
                <HostileText
                  code
                  text={`${policy.name}@${shortPolicyDigest(policy.digest)}`}
                />
              </span>
            </span>
          ))}
        </span>
        <RecheckButton recheck={recheck} />
        <ExportMenu source={exporting} />
      </div>
      <RecheckProgress state={recheck.state} />
    </Paper>
  );
}
