import Button from '@material-ui/core/Button';
import LinearProgress from '@material-ui/core/LinearProgress';
import { Messages, useMessages } from '../../translations/useMessages';
import { Recheck, RecheckState } from '../../hooks/useRecheck';
import { usePageStyles } from '../../ui/pageStyles';

/**
 * Asks for a fresh look. Who may not sees which permission is missing.
 */
export function RecheckButton(props: { recheck: Recheck }) {
  const { recheck } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  const busy =
    recheck.state.status === 'requesting' || recheck.state.status === 'running';
  return (
    <Button
      size="small"
      variant="outlined"
      className={classes.plainButton}
      color="primary"
      disabled={!recheck.allowed || busy}
      title={
        recheck.allowed
          ? undefined
          : t('recheck.needs', { permission: recheck.permission })
      }
      onClick={recheck.start}
    >
      {t('action.recheck')}
    </Button>
  );
}

function progressText(state: RecheckState, t: Messages['t']): string {
  switch (state.status) {
    case 'idle':
      return '';
    case 'requesting':
      return t('recheck.requesting');
    case 'running':
      return t('recheck.running', { done: state.done, count: state.queued });
    case 'done':
      return t('recheck.done');
    case 'slow':
      return t('recheck.slow');
    case 'failed':
      return t('recheck.failed', { message: state.error.message });
    default:
      throw new TypeError(`Unknown state '${(state as RecheckState).status}'`);
  }
}

/**
 * How far a fresh look is, read out as it goes on.
 */
export function RecheckProgress(props: { state: RecheckState }) {
  const { state } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  const running = state.status === 'running' && state.queued > 0;
  return (
    <div role="status" aria-live="polite" className={classes.secondary}>
      {progressText(state, t)}
      {running && (
        <LinearProgress
          variant="determinate"
          value={(100 * state.done) / state.queued}
          aria-label={t('action.recheck')}
        />
      )}
    </div>
  );
}
