import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { usePageStyles } from '../../ui/pageStyles';
import { outcomeOfSignature } from '../../ui/signature';
import { TimeAgo } from '../../ui/TimeAgo';

/**
 * A later look that failed while an earlier result stands (L6).
 */
export function LastLookNote(props: { lastLook: schema.LastLook }) {
  const { failedAt, reason, nextLookAt } = props.lastLook;
  const { t, meaning } = useMessages();
  return (
    <div>
      {t('entity.images.lastLook', { meaning: meaning(reason) })}{' '}
      <TimeAgo at={failedAt} />
      {nextLookAt && (
        <>
          {' · '}
          {t('entity.images.nextLook')} <TimeAgo at={nextLookAt} />
        </>
      )}
    </div>
  );
}

/**
 * Whether an image is signed, by whom, or why it cannot be told.
 */
export function SignatureCell(props: { signature?: schema.SignatureSummary }) {
  const { signature } = props;
  const { t, meaning } = useMessages();
  const classes = usePageStyles();
  if (!signature) {
    return (
      <>
        <OutcomeLabel outcome="unknown" />
        <div className={classes.secondary}>{meaning('notCollectedYet')}</div>
      </>
    );
  }
  const { status, reason, signer, placesSearched, observedAt } = signature;
  return (
    <>
      <OutcomeLabel outcome={outcomeOfSignature(status)}>
        {t(`signatureStatus.${status}`)}
      </OutcomeLabel>
      <div className={classes.secondary}>
        {signer && <HostileText text={signer} />}
        {reason && <div>{meaning(reason)}</div>}
        <div>
          {t('entity.images.placesSearched', { count: placesSearched })}
          {observedAt && (
            <>
              {' · '}
              <TimeAgo at={observedAt} />
            </>
          )}
        </div>
        {signature.lastLook && <LastLookNote lastLook={signature.lastLook} />}
      </div>
    </>
  );
}
