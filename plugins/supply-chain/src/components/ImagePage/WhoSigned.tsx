import { schema } from 'backstage-plugin-supply-chain-common';
import { Messages, useMessages } from '../../translations/useMessages';
import { FactTable } from '../../ui/FactTable';
import { HostileText } from '../../ui/HostileText';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { FullSigner } from '../../ui/SignerText';
import { DateTime } from '../../ui/TimeAgo';
import { usePlaceName } from '../../hooks/usePlaceName';
import { TrustRootLink } from '../shared/TrustRootLink';
import { TrustedSigners } from '../Trust/TrustedSigners';
import { schemeName } from './schemeName';
import { CheckedStatement, SignatureEvidenceView } from './signatureEvidence';
import { Fact, signerFacts } from './signerFacts';

type PlaceName = ReturnType<typeof usePlaceName>;

/**
 * The signatures that verify, side by side: first the one the status rests on.
 */
export function WhoSigned(props: {
  report: schema.ImageReport;
  evidence: SignatureEvidenceView;
}) {
  const { report, evidence } = props;
  const { t } = useMessages();
  const { signature } = report;
  const isSigned = signature?.status === 'verified';
  return (
    <Panel title={t('image.signature.who')}>
      {!isSigned && t('image.signature.nobody')}
      {isSigned && evidence.counted.length === 0 && (
        <Summary signature={signature} />
      )}
      {evidence.counted.map((counted, index) => (
        <Counted
          key={`${counted.statement.carrier}/${index}`}
          counted={counted}
          acceptedAs={index === 0 ? report.acceptedAs : undefined}
          index={index}
          total={evidence.counted.length}
        />
      ))}
    </Panel>
  );
}

function Summary(props: { signature: schema.SignatureSummary }) {
  const { signer, trustRoot, signedAt } = props.signature;
  const { t } = useMessages();
  return (
    <FactTable
      facts={[
        [
          t('image.signature.identity'),
          signer ? <FullSigner signer={signer} /> : t('dash'),
        ],
        [
          t('image.signature.trustRoot'),
          trustRoot ? <TrustRootLink name={trustRoot} /> : t('dash'),
        ],
        [t('image.signature.time'), <Time at={signedAt} />],
      ]}
    />
  );
}

function Time(props: { at?: string }) {
  const { t } = useMessages();
  return props.at ? (
    <DateTime at={props.at} />
  ) : (
    <>{t('image.signature.noTime')}</>
  );
}

function Counted(props: {
  counted: CheckedStatement;
  acceptedAs?: schema.TrustedSigner;
  index: number;
  total: number;
}) {
  const { counted, acceptedAs, index, total } = props;
  const messages = useMessages();
  const { t } = messages;
  const placeName = usePlaceName();
  const classes = usePageStyles();
  return (
    <>
      {total > 1 && (
        <h3 className={classes.secondary} style={{ marginBottom: 0 }}>
          {t(
            index === 0
              ? 'image.signature.deciding'
              : 'image.signature.besideIt',
            { number: index + 1, total },
          )}
        </h3>
      )}
      <FactTable
        facts={[
          ...signerFacts(counted.check?.signer, messages.t),
          ...acceptedFacts(acceptedAs, messages.t),
          ...countedFacts(counted, messages, placeName),
        ]}
      />
    </>
  );
}

function countedFacts(
  counted: CheckedStatement,
  messages: Messages,
  placeName: PlaceName,
): Fact[] {
  const { t } = messages;
  const { statement, check } = counted;
  return [
    [t('image.signature.trustRoot'), <TrustRoots counted={counted} />],
    [t('image.signature.time'), <Time at={check?.signedAt} />],
    ...logFacts(counted, t),
    ...tagFacts(counted, t),
    [t('image.signature.covers'), t(`image.signature.${statement.relation}`)],
    [
      t('image.signature.scheme'),
      <HostileText text={schemeName(statement.scheme, t)} />,
    ],
    [
      t('image.signature.place'),
      <HostileText text={placeOf(statement, t, placeName)} />,
    ],
  ];
}

/** A key without a period says no more than its fingerprint, which stands above. */
function acceptedFacts(
  signer: schema.TrustedSigner | undefined,
  t: Messages['t'],
): Fact[] {
  return signer &&
    (signer.kind === 'identity' || signer.notBefore || signer.notAfter)
    ? [[t('image.signature.acceptedAs'), <TrustedSigners signers={[signer]} />]]
    : [];
}

function placeOf(
  { foundIn, elsewhere }: CheckedStatement['statement'],
  t: Messages['t'],
  placeName: PlaceName,
): string {
  const place = placeName(foundIn);
  return elsewhere
    ? t('image.signature.placeElsewhere', {
        place,
        repository: elsewhere.repository,
      })
    : place;
}

/** Every trust root under which the signature verifies, that which counted first. */
function TrustRoots(props: { counted: CheckedStatement }) {
  const { statement, check } = props.counted;
  const { t } = useMessages();
  const roots = statement.checks
    .filter(({ status }) => status === 'verified')
    .map(({ trustRoot }) => trustRoot)
    .filter(trustRoot => trustRoot !== check?.trustRoot);
  return (
    <>
      {check && <TrustRootLink name={check.trustRoot} />}
      {roots.length > 0 && (
        <div>
          <HostileText
            text={t('image.signature.alsoUnder', { roots: roots.join(', ') })}
          />
        </div>
      )}
      {check?.firstUse && (
        <div>
          <OutcomeLabel outcome="warn">
            {t('image.signature.firstUse')}
          </OutcomeLabel>
        </div>
      )}
    </>
  );
}

/** Only Cosign has a transparency log. */
function logFacts(
  { statement, check }: CheckedStatement,
  t: Messages['t'],
): Fact[] {
  const log = check?.transparencyLog;
  if (statement.scheme !== 'cosign') {
    return [];
  }
  return [
    [
      t('image.signature.log'),
      log
        ? t(`image.signature.${log.proof}`, { index: log.logIndex })
        : t('image.signature.noLog'),
    ],
  ];
}

/** Content trust signs a tag to a digest (L16). */
function tagFacts({ statement }: CheckedStatement, t: Messages['t']): Fact[] {
  const { signedTag } = statement;
  return signedTag
    ? [
        [
          t('image.contentTrust.signedTag'),
          <>
            <HostileText text={signedTag.tag} /> →{' '}
            <HostileText code text={signedTag.digest} />
          </>,
        ],
        [
          t('image.contentTrust.role'),
          <HostileText code text={signedTag.role} />,
        ],
      ]
    : [];
}
