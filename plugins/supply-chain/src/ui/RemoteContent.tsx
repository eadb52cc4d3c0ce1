import { ReactNode } from 'react';
import Button from '@material-ui/core/Button';
import LinearProgress from '@material-ui/core/LinearProgress';
import { Skeleton } from './Skeleton';
import { useMessages } from '../translations/useMessages';
import { RemoteState } from './remoteState';
import { HostileText } from './HostileText';
import { Notice } from './Notice';

/**
 * Shows what a question has come to: rows of grey while it loads first, the missing permission, the error
 * itself, or the answer. An old answer stays while a newer one loads and is marked; nothing is made up.
 */
export function RemoteContent<T>(props: {
  state: RemoteState<T>;
  children: (value: T) => ReactNode;
}) {
  const { state, children } = props;
  const { t } = useMessages();
  switch (state.status) {
    case 'loading':
      return <Skeleton label={t('state.loading')} />;
    case 'denied':
      return (
        <Notice tone="warn" title={t('state.deniedTitle')}>
          {t('state.denied', { permission: state.permission })}
        </Notice>
      );
    case 'missing':
      return (
        <Notice tone="unknown" title={t('state.missingTitle')}>
          {t('state.missing')}
        </Notice>
      );
    case 'error':
      return (
        <Notice
          tone="fail"
          title={t('state.errorTitle')}
          action={
            <Button size="small" variant="outlined" onClick={state.reload}>
              {t('action.retry')}
            </Button>
          }
        >
          <HostileText text={state.error.message} /> {t('state.errorHint')}
        </Notice>
      );
    case 'ready':
      return (
        <div aria-busy={state.refreshing}>
          <RefreshMark
            refreshing={state.refreshing}
            failure={state.failure}
            onRetry={state.reload}
          />
          {children(state.value)}
        </div>
      );
    default:
      throw new TypeError(
        `Unknown state '${(state as RemoteState<T>).status}'`,
      );
  }
}

function RefreshMark(props: {
  refreshing: boolean;
  failure?: Error;
  onRetry: () => void;
}) {
  const { refreshing, failure, onRetry } = props;
  const { t } = useMessages();
  return (
    <>
      {/* The bar keeps its place so that nothing jumps when it comes and goes. */}
      <div style={{ height: 4 }}>
        {refreshing && <LinearProgress aria-label={t('state.refreshing')} />}
      </div>
      {failure && (
        <Notice
          tone="warn"
          action={
            <Button size="small" variant="outlined" onClick={onRetry}>
              {t('action.retry')}
            </Button>
          }
        >
          {t('state.stale', { message: failure.message })}
        </Notice>
      )}
    </>
  );
}
