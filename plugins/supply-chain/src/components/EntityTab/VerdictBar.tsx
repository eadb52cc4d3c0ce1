import { schema } from 'backstage-plugin-supply-chain-common';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { useMessages } from '../../translations/useMessages';
import { Export } from '../../hooks/useExport';
import { Recheck } from '../../hooks/useRecheck';
import { ExportMenu } from '../shared/ExportMenu';
import { escapeHostileText } from '../../ui/escapeHostileText';
import { HostileText } from '../../ui/HostileText';
import { OutcomeUntil } from '../shared/waivers/OutcomeUntil';
import { usePageStyles } from '../../ui/pageStyles';
import { RecheckButton, RecheckProgress } from '../shared/RecheckButton';
import { TimeAgo } from '../../ui/TimeAgo';
import { headlineOf } from './headlineOf';

/** From here on sentence, policy and buttons fit beside each other. */
const ONE_LINE = '@media (min-width: 1200px)';

const useStyles = makeStyles(
  theme => ({
    bar: {
      padding: theme.spacing(2),
      border: `1px solid ${theme.palette.divider}`,
    },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1, 1.5),
      [ONE_LINE]: { flexWrap: 'nowrap' },
    },
    verdict: { flex: 'none', whiteSpace: 'nowrap' },
    sentence: { flex: '1 1 240px', minWidth: 0, overflowWrap: 'break-word' },
    checked: { minWidth: 0, [ONE_LINE]: { textAlign: 'right' } },
    actions: { display: 'flex', flex: 'none', gap: theme.spacing(1) },
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
      <div className={classes.line}>
        <span className={classes.verdict}>
          <OutcomeUntil
            outcome={report.outcome}
            verdicts={report.images.flatMap(({ verdicts }) => verdicts)}
            large
          />
        </span>
        <span className={classes.sentence}>{headlineOf(report, messages)}</span>
        <span className={`${page.secondary} ${classes.checked}`}>
          {report.evaluatedAt ? (
            <>
              {t('checked')} <TimeAgo at={report.evaluatedAt} />
            </>
          ) : (
            t('notCheckedYet')
          )}
          <Policies policies={report.policies} />
        </span>
        <span className={classes.actions}>
          <RecheckButton recheck={recheck} />
          <ExportMenu source={exporting} />
        </span>
      </div>
      <RecheckProgress state={recheck.state} />
    </Paper>
  );
}

/** The first policy by its digest, the others as a number; the title names all of them whole. */
function Policies(props: { policies: schema.EntityReport['policies'] }) {
  const { policies } = props;
  const { t } = useMessages();
  const [first] = policies;
  if (!first) {
    return null;
  }
  const all = policies
    .map(({ name, digest }) => escapeHostileText(`${name}@${digest}`))
    .join('\n');
  return (
    <span title={all}>
      {' · '}
      {t('policy')}{' '}
      <HostileText
        code
        text={`${first.name}@${shortPolicyDigest(first.digest)}`}
      />
      {policies.length > 1 && ` +${policies.length - 1}`}
    </span>
  );
}
