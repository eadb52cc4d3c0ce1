import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../translations/useMessages';
import { LastLookNote } from './LastLookNote';
import { OutcomeLabel } from './OutcomeLabel';
import { usePageStyles } from './pageStyles';
import { SeverityChips } from './SeverityChips';
import { TimeAgo } from './TimeAgo';

/** Reasons that the word of the status says already. */
const SAID_BY_STATUS = new Set(['scanStale']);

/**
 * What scans of an image or of a service say. No scan is never "0 vulnerabilities"; a stale scan shows what it
 * found and that it is stale (L5, L8); what is not scanned stands beside what is known, and hides none of it.
 */
export function ScanSummary(props: { summary?: schema.VulnerabilitySummary }) {
  const { summary } = props;
  const { t, label, meaning } = useMessages();
  const classes = usePageStyles();
  if (!summary || (summary.status === 'absent' && !summary.counts)) {
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
  const { status, counts, notAffected, scannedAt, reason, lastLook } = summary;
  return (
    <>
      {status !== 'present' && (
        <div>
          <OutcomeLabel outcome="unknown">
            {t(`scanStatus.${status}`)}
          </OutcomeLabel>
        </div>
      )}
      {counts && <SeverityChips counts={counts} />}
      <div className={classes.secondary}>
        <CountsBeside summary={summary} />
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
        {lastLook && <LastLookNote lastLook={lastLook} />}
        <Gap summary={summary} />
      </div>
    </>
  );
}

function CountsBeside(props: { summary: schema.VulnerabilitySummary }) {
  const { exploited, fixable } = props.summary;
  const { t } = useMessages();
  return (
    <>
      {exploited !== undefined && exploited > 0 && (
        <>
          <strong>
            {t('vulnerabilities.exploited', { count: exploited })}
          </strong>
          {' · '}
        </>
      )}
      {fixable !== undefined && (
        <>{t('vulnerabilities.fixable', { count: fixable })} · </>
      )}
    </>
  );
}

function Gap(props: { summary: schema.VulnerabilitySummary }) {
  const { gap } = props.summary;
  const { t, meaning } = useMessages();
  return gap ? (
    <div title={gap.reason && meaning(gap.reason)}>
      <OutcomeLabel outcome="unknown">
        {t('vulnerabilities.gap', { number: gap.count, total: gap.total })}
      </OutcomeLabel>
    </div>
  ) : null;
}
