import {
  signerText,
  SignedStatement,
  TrustCheck,
} from 'backstage-plugin-supply-chain-common';
import { usePlaceName } from '../../hooks/usePlaceName';
import { useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { outcomeOfSignature } from '../../ui/signature';
import { ReasonCodeLink } from '../shared/ReasonCodeLink';
import { schemeName } from './schemeName';
import { CheckedStatement, SignatureEvidenceView } from './signatureEvidence';

/**
 * Signatures and attestations that were found beside those that counted, and why they did not count.
 */
export function OtherStatements(props: { evidence: SignatureEvidenceView }) {
  const { statements, counted } = props.evidence;
  const { t } = useMessages();
  const classes = usePageStyles();
  const others = statements.filter(other => !counted.includes(other));
  if (others.length === 0) {
    return null;
  }
  return (
    <Panel title={t('image.signature.others')}>
      <ul className={classes.plainList}>
        {others.map((other, index) => (
          <li
            key={`${other.statement.carrier}/${index}`}
            style={{ padding: '5px 0' }}
          >
            <OtherStatement other={other} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function OtherStatement(props: { other: CheckedStatement }) {
  const { statement, check } = props.other;
  const { t } = useMessages();
  const placeName = usePlaceName();
  const classes = usePageStyles();
  return (
    <>
      <OutcomeLabel
        outcome={check ? outcomeOfSignature(check.status) : 'unknown'}
      >
        <HostileText
          text={t('image.signature.otherLine', {
            scheme: schemeName(statement.scheme, t),
            kind: t(
              statement.kind === 'signature'
                ? 'image.signature.signatureKind'
                : 'image.signature.attestation',
            ),
            place: placeName(statement.foundIn),
            result: t(`signatureStatus.${check?.status ?? 'unavailable'}`),
          })}
        />
      </OutcomeLabel>
      <div className={classes.secondary}>
        {check?.signer && <HostileText text={signerText(check.signer)} />}
        {statement.checks.map((each, index) => (
          <WhyNot key={`${each.trustRoot}/${index}`} check={each} />
        ))}
        <StatementNotes statement={statement} />
      </div>
    </>
  );
}

function WhyNot(props: { check: TrustCheck }) {
  const { trustRoot, reason } = props.check;
  const { t, meaning } = useMessages();
  return reason ? (
    <div>
      <HostileText
        text={t('image.signature.underRoot', {
          name: trustRoot,
          meaning: meaning(reason),
        })}
      />{' '}
      <ReasonCodeLink code={reason} />
    </div>
  ) : null;
}

function StatementNotes(props: { statement: SignedStatement }) {
  const { predicateType, signedTag, otherDockerReference } = props.statement;
  const { t } = useMessages();
  return (
    <>
      {signedTag && (
        <div>
          <HostileText
            text={t('image.contentTrust.tagLine', {
              role: signedTag.role,
              tag: signedTag.tag,
              digest: signedTag.digest,
            })}
          />
        </div>
      )}
      {otherDockerReference && (
        <div>
          <HostileText
            text={t('image.signature.otherReference', {
              reference: otherDockerReference,
            })}
          />
        </div>
      )}
      {predicateType && (
        <div>
          <HostileText code text={predicateType} />
        </div>
      )}
    </>
  );
}
