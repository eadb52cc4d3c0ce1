import { Signer } from 'backstage-plugin-supply-chain-common';
import { usePlaceName } from '../../hooks/usePlaceName';
import { useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { outcomeOfSignature } from '../../ui/signature';
import { schemeName } from './schemeName';
import { SignatureEvidenceView } from './signatureEvidence';

function signerText(signer: Signer | undefined): string {
  if (!signer) {
    return '';
  }
  return signer.type === 'key' ? signer.fingerprint : signer.subject;
}

/**
 * Signatures and attestations that were found beside the one that counted.
 */
export function OtherStatements(props: { evidence: SignatureEvidenceView }) {
  const { statements, counted } = props.evidence;
  const { t, meaning } = useMessages();
  const placeName = usePlaceName();
  const classes = usePageStyles();
  const others = statements.filter(
    other => other.statement !== counted?.statement,
  );
  if (others.length === 0) {
    return null;
  }
  return (
    <Panel title={t('image.signature.others')}>
      <ul className={classes.plainList}>
        {others.map(({ statement, check }, index) => (
          <li key={`${statement.carrier}/${index}`}>
            <OutcomeLabel
              outcome={check ? outcomeOfSignature(check.status) : 'unknown'}
            >
              {t('image.signature.otherLine', {
                scheme: schemeName(statement.scheme, t),
                kind: t(
                  statement.kind === 'signature'
                    ? 'image.signature.signatureKind'
                    : 'image.signature.attestation',
                ),
                place: placeName(statement.foundIn),
                result: t(`signatureStatus.${check?.status ?? 'unavailable'}`),
              })}
            </OutcomeLabel>
            <div className={classes.secondary}>
              {check?.reason && meaning(check.reason)}{' '}
              <HostileText text={signerText(check?.signer)} />
              {statement.predicateType && (
                <div>
                  <HostileText code text={statement.predicateType} />
                </div>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
