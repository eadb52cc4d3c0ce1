import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { usePageStyles } from '../../ui/pageStyles';
import { DateTime } from '../../ui/TimeAgo';

/** TUF metadata is renewed every few days: its end says nothing while it lasts. */
function counts({ kind, state }: schema.TrustExpiry): boolean {
  return kind !== 'tufMetadata' || state === 'ended';
}

function byEnd(left: schema.TrustExpiry, right: schema.TrustExpiry): number {
  return Date.parse(left.endsAt ?? '') - Date.parse(right.endsAt ?? '');
}

/**
 * What of a trust root ends next: everything somebody must do something about, or else the next end.
 */
export function ExpirySummary(props: { expiries: schema.TrustExpiry[] }) {
  const { t } = useMessages();
  const ends = props.expiries.filter(each => each.endsAt && counts(each));
  const due = ends.filter(each => each.due).sort(byEnd);
  const [next] = ends.filter(each => each.state === 'lasting').sort(byEnd);
  if (due.length > 0) {
    return (
      <>
        {due.map(expiry => (
          <DueExpiry key={JSON.stringify(expiry)} expiry={expiry} />
        ))}
      </>
    );
  }
  return next ? <ExpiryText expiry={next} /> : <>{t('trust.expiry.nothing')}</>;
}

/**
 * An end somebody must do something about, with a sign beside the words.
 */
export function DueExpiry(props: { expiry: schema.TrustExpiry }) {
  const { expiry } = props;
  return (
    <OutcomeLabel outcome={expiry.state === 'ended' ? 'fail' : 'warn'}>
      <ExpiryText expiry={expiry} />
    </OutcomeLabel>
  );
}

/**
 * What ends, and when.
 */
export function ExpiryText(props: { expiry: schema.TrustExpiry }) {
  const { kind, state, endsAt } = props.expiry;
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <span>
      {t(`trust.expiry.kind.${kind}`)}{' '}
      {endsAt ? (
        <>
          {t(`trust.expiry.${state}`)}{' '}
          <span className={classes.whole}>
            <DateTime at={endsAt} />
          </span>
        </>
      ) : (
        t('trust.expiry.never')
      )}
    </span>
  );
}
