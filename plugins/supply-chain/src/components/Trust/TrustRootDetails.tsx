import { ReactNode } from 'react';
import { schema } from 'backstage-plugin-supply-chain-common';
import { Messages, useMessages } from '../../translations/useMessages';
import { DigestText } from '../../ui/DigestText';
import { FactTable } from '../../ui/FactTable';
import { HostileText } from '../../ui/HostileText';
import { usePageStyles } from '../../ui/pageStyles';
import { DateTime, TimeAgo } from '../../ui/TimeAgo';
import { DueExpiry, ExpiryText } from './ExpirySummary';
import { TrustedSigners } from './TrustedSigners';
import { TrustRootImages } from './TrustRootImages';

/**
 * Everything about one trust root, and the images that stand on it.
 */
export function TrustRootDetails(props: { root: schema.TrustRootReport }) {
  const { root } = props;
  const messages = useMessages();
  const classes = usePageStyles();
  return (
    <div className={classes.page}>
      <FactTable facts={factsOf(root, messages)} />
      <TrustRootImages key={root.name} root={root} />
    </div>
  );
}

function factsOf(
  root: schema.TrustRootReport,
  { t }: Messages,
): [string, ReactNode][] {
  const { digest, source, loadedAt, tuf, signers, requirements } = root;
  const facts: [string, ReactNode, boolean][] = [
    [t('trust.details.signers'), <TrustedSigners signers={signers} />, true],
    [
      t('trust.details.requirements'),
      <Requirements requirements={requirements} />,
      requirements.length > 0,
    ],
    [
      t('trust.details.warnings'),
      <Warnings warnings={root.warnings} />,
      root.warnings.length > 0,
    ],
    [
      t('trust.details.expiries'),
      <Expiries expiries={root.expiries} />,
      root.expiries.length > 0,
    ],
    [
      t('trust.details.source'),
      <Origin source={source} loadedAt={loadedAt} />,
      source !== undefined,
    ],
    [t('trust.details.mirror'), tuf && <Mirror tuf={tuf} />, Boolean(tuf)],
    [t('trust.details.digest'), <DigestText digest={digest} long />, true],
  ];
  return facts.flatMap(([name, value, given]) =>
    given ? [[name, value]] : [],
  );
}

function Requirements(props: { requirements: schema.TrustRequirement[] }) {
  const { t } = useMessages();
  return (
    <>
      {props.requirements.map(({ proof, need }) => (
        <div key={proof}>
          {t(`trust.details.need.${need}`, {
            proof: t(`trust.details.proof.${proof}`),
          })}
        </div>
      ))}
    </>
  );
}

function Warnings(props: { warnings: schema.TrustWarning[] }) {
  return (
    <>
      {props.warnings.map(({ message }) => (
        <div key={message}>
          <HostileText text={message} />
        </div>
      ))}
    </>
  );
}

function Expiries(props: { expiries: schema.TrustExpiry[] }) {
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <ul className={classes.plainList}>
      {props.expiries.map(expiry => (
        <li key={JSON.stringify(expiry)}>
          {expiry.due ? (
            <DueExpiry expiry={expiry} />
          ) : (
            <ExpiryText expiry={expiry} />
          )}
          <div className={classes.secondary}>
            <HostileText text={expiry.name} />
            {expiry.state !== 'lasting' &&
              !expiry.due &&
              expiry.kind !== 'tufMetadata' && (
                <> · {t('trust.expiry.takenOver')}</>
              )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Origin(props: { source?: string; loadedAt?: string }) {
  const { source = '', loadedAt } = props;
  const { t } = useMessages();
  return (
    <>
      <HostileText text={source} />
      {loadedAt && (
        <>
          {', '}
          {t('trust.details.loadedAt')} <TimeAgo at={loadedAt} />
        </>
      )}
    </>
  );
}

function Mirror(props: { tuf: schema.TufSource }) {
  const { mirror, checkedAt, expiresAt } = props.tuf;
  const { t } = useMessages();
  return (
    <>
      <HostileText text={mirror} />
      {', '}
      {t('trust.details.checkedAt')} <TimeAgo at={checkedAt} />,{' '}
      {t('trust.details.vouchedUntil')} <DateTime at={expiresAt} />
    </>
  );
}
