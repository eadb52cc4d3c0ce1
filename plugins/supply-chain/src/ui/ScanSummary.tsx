import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../translations/useMessages';
import { OutcomeLabel } from './OutcomeLabel';
import { usePageStyles } from './pageStyles';
import { SeverityChips } from './SeverityChips';
import { TimeAgo } from './TimeAgo';

/** Reasons that the word of the status says already. */
const SAID_BY_STATUS = new Set(['scanStale']);

/**
 * What the scan of an image says. No scan is never "0 vulnerabilities"; a stale scan shows what it
 * found and that it is stale (L5, L8).
 */
export function ScanSummary(props: { summary?: schema.VulnerabilitySummary }) {
  const { summary } = props;
  const { t, label, meaning } = useMessages();
  const classes = usePageStyles();
  if (!summary || summary.status === 'absent') {
    return (
      <>
        <OutcomeLabel outcome="unknown">{t('scanStatus.absent')}</OutcomeLabel>
        <div
          className={classes.secondary}
          title={summary?.reason && meaning(summary.reason)}
        >
          {summary?.reason && summary.reason !== 'notScanned'
            ? label(summary.reason)
            : t('vulnerabilities.notScanned')}
        </div>
      </>
    );
  }
  const { status, counts, fixable, exploited, notAffected, scannedAt, reason } =
    summary;
  return (
    <>
      {status !== 'present' && (
        <div>
          <OutcomeLabel outcome="unknown">
            {t(`scanStatus.${status}`)}
          </OutcomeLabel>
        </div>
      )}
      {counts && status !== 'otherDigest' && <SeverityChips counts={counts} />}
      <div className={classes.secondary}>
        {counts && status !== 'otherDigest' && (
          <>
            {exploited !== undefined && exploited > 0 && (
              <>
                <strong>
                  {t('vulnerabilities.exploited', { count: exploited })}
                </strong>
                {' · '}
              </>
            )}
            {t('vulnerabilities.fixable', { count: fixable })} ·{' '}
          </>
        )}
        {notAffected !== undefined && (
          <>{t('vulnerabilities.setAside', { count: notAffected })} · </>
        )}
        {scannedAt && (
          <>
            {t('vulnerabilities.scanned')} <TimeAgo at={scannedAt} />
          </>
        )}
        {status !== 'present' && reason && !SAID_BY_STATUS.has(reason) && (
          <div title={meaning(reason)}>{label(reason)}</div>
        )}
      </div>
    </>
  );
}
