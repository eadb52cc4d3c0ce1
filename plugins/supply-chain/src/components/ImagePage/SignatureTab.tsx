import { ReactNode } from 'react';
import { schema, Signer } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { FactTable } from '../../ui/FactTable';
import { HostileText } from '../../ui/HostileText';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { FullSigner } from '../../ui/SignerText';
import { SafeLink } from '../../ui/SafeLink';
import { outcomeOfSignature } from '../../ui/signature';
import { DateTime } from '../../ui/TimeAgo';
import { LastLookNote } from '../EntityTab/SignatureCell';
import { Reproduce } from './Reproduce';
import {
  CheckedStatement,
  signatureEvidence,
  SignatureEvidenceView,
} from './signatureEvidence';
import { OtherStatements } from './OtherStatements';
import { schemeName } from './schemeName';
import { Trail } from './Trail';
import { ReasonCodeLink } from '../shared/ReasonCodeLink';

/**
 * Who signed, how it was found out, and how to find it out oneself.
 */
export function SignatureTab(props: { report: schema.ImageReport }) {
  const { report } = props;
  const classes = usePageStyles();
  const evidence = signatureEvidence(report);
  return (
    <div className={classes.page}>
      <SignatureHeadline signature={report.signature} />
      <div className={classes.twoColumns}>
        <div className={classes.page}>
          <WhoSigned report={report} evidence={evidence} />
          {report.reproduce && <Reproduce command={report.reproduce} />}
        </div>
        <div className={classes.page}>
          <Trail trail={evidence.trail} digest={report.digest} />
          <OtherStatements evidence={evidence} />
        </div>
      </div>
    </div>
  );
}

function SignatureHeadline(props: { signature?: schema.SignatureSummary }) {
  const { signature } = props;
  const { t, meaning, advice } = useMessages();
  const classes = usePageStyles();
  if (!signature) {
    return (
      <div className={classes.row}>
        <OutcomeLabel outcome="unknown" large>
          {t('image.signature.title.unavailable')}
        </OutcomeLabel>
        <span>{t('image.signature.none')}</span>
      </div>
    );
  }
  const { status, reason, lastLook } = signature;
  return (
    <div>
      <div className={classes.row}>
        <OutcomeLabel outcome={outcomeOfSignature(status)} large>
          {t(`image.signature.title.${status}`)}
        </OutcomeLabel>
        <span>
          {status === 'verified' && t('image.signature.verified')}
          {reason && `${meaning(reason)} ${advice(reason)} `}
          {reason && <ReasonCodeLink code={reason} />}
        </span>
      </div>
      {lastLook && (
        <div className={classes.secondary}>
          {t('image.signature.lastLook')}
          <LastLookNote lastLook={lastLook} />
        </div>
      )}
    </div>
  );
}

function signerFacts(
  signer: Signer | undefined,
  t: ReturnType<typeof useMessages>['t'],
): [string, ReactNode][] {
  if (!signer) {
    return [];
  }
  if (signer.type === 'key') {
    return [
      [t('image.signature.key'), <FullSigner signer={signer.fingerprint} />],
    ];
  }
  const source = signer.extensions.sourceRepositoryUri;
  const commit = signer.extensions.sourceRepositoryDigest;
  return [
    [t('image.signature.identity'), <FullSigner signer={signer.subject} />],
    [
      t('image.signature.issuer'),
      signer.issuer ? <HostileText code text={signer.issuer} /> : t('dash'),
    ],
    ...(source
      ? ([
          [
            t('image.signature.source'),
            <>
              <SafeLink url={source} text={source} />
              {commit && (
                <>
                  {' @ '}
                  <HostileText code text={commit} />
                </>
              )}
            </>,
          ],
        ] as [string, ReactNode][])
      : []),
  ];
}

function countedFacts(
  counted: CheckedStatement,
  messages: ReturnType<typeof useMessages>,
): [string, ReactNode][] {
  const { t } = messages;
  const { statement, check } = counted;
  const log = check?.transparencyLog;
  return [
    ...signerFacts(check?.signer, t),
    [
      t('image.signature.trustRoot'),
      <HostileText text={check?.trustRoot ?? ''} />,
    ],
    [
      t('image.signature.time'),
      check?.signedAt ? (
        <DateTime at={check.signedAt} />
      ) : (
        t('image.signature.noTime')
      ),
    ],
    [
      t('image.signature.log'),
      log
        ? t(`image.signature.${log.proof}`, { index: log.logIndex })
        : t('image.signature.noLog'),
    ],
    [t('image.signature.covers'), t(`image.signature.${statement.relation}`)],
    [
      t('image.signature.scheme'),
      <HostileText text={schemeName(statement.scheme, t)} />,
    ],
  ];
}

function summaryFacts(
  signature: schema.SignatureSummary,
  t: ReturnType<typeof useMessages>['t'],
): [string, ReactNode][] {
  return [
    [
      t('image.signature.identity'),
      signature.signer ? <FullSigner signer={signature.signer} /> : t('dash'),
    ],
    [
      t('image.signature.trustRoot'),
      <HostileText text={signature.trustRoot ?? t('dash')} />,
    ],
    [
      t('image.signature.time'),
      signature.signedAt ? (
        <DateTime at={signature.signedAt} />
      ) : (
        t('image.signature.noTime')
      ),
    ],
  ];
}

function WhoSigned(props: {
  report: schema.ImageReport;
  evidence: SignatureEvidenceView;
}) {
  const { report, evidence } = props;
  const messages = useMessages();
  const { t } = messages;
  const { signature } = report;
  const facts =
    signature?.status === 'verified'
      ? (evidence.counted && countedFacts(evidence.counted, messages)) ??
        summaryFacts(signature, t)
      : undefined;
  return (
    <Panel title={t('image.signature.who')}>
      {facts ? <FactTable facts={facts} /> : t('image.signature.nobody')}
    </Panel>
  );
}
