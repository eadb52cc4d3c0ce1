import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { LastLookNote } from '../../ui/LastLookNote';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { usePageStyles } from '../../ui/pageStyles';
import { ShortSigner } from '../../ui/SignerText';
import { outcomeOfSignature } from '../../ui/signature';
import { TimeAgo } from '../../ui/TimeAgo';

/**
 * Whether an image is signed, by whom, or why it cannot be told.
 */
export function SignatureCell(props: { signature?: schema.SignatureSummary }) {
  const { signature } = props;
  const { t, label, meaning } = useMessages();
  const classes = usePageStyles();
  if (!signature) {
    return (
      <>
        <OutcomeLabel outcome="unknown" />
        <div className={classes.secondary} title={meaning('notCollectedYet')}>
          {label('notCollectedYet')}
        </div>
      </>
    );
  }
  const { status, reason, signer, trustRoot, placesSearched } = signature;
  return (
    <>
      <OutcomeLabel outcome={outcomeOfSignature(status)}>
        {t(`signatureStatus.${status}`)}
      </OutcomeLabel>
      <div className={classes.secondary}>
        {signer && <ShortSigner signer={signer} trustRoot={trustRoot} />}
        {reason && <div title={meaning(reason)}>{label(reason)}</div>}
        <div>
          {t('entity.images.placesSearched', { count: placesSearched })}
          {signature.observedAt && (
            <>
              {' · '}
              <TimeAgo at={signature.observedAt} />
            </>
          )}
        </div>
        {signature.lastLook && <LastLookNote lastLook={signature.lastLook} />}
      </div>
    </>
  );
}
