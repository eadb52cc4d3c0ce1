import { ReactNode } from 'react';
import { ContentTrustFacts } from 'backstage-plugin-supply-chain-common';
import { Messages, useMessages } from '../../translations/useMessages';
import { FactTable } from '../../ui/FactTable';
import { HostileText } from '../../ui/HostileText';
import { Notice } from '../../ui/Notice';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { SafeLink } from '../../ui/SafeLink';
import { DateTime } from '../../ui/TimeAgo';
import { TrustRootLink } from '../shared/TrustRootLink';
import { SignatureEvidenceView } from './signatureEvidence';
import { Fact } from './signerFacts';

/**
 * What the trust data of Docker Content Trust rests on, and that its end is near.
 */
export function ContentTrust(props: { evidence: SignatureEvidenceView }) {
  const { contentTrust } = props.evidence;
  const { t } = useMessages();
  const classes = usePageStyles();
  return contentTrust.length === 0 ? null : (
    <Panel title={t('scheme.contentTrust')}>
      <div className={classes.page}>
        {contentTrust.map((facts, index) => (
          <Collection key={`${facts.trustRoot}/${index}`} facts={facts} />
        ))}
        <Notice
          tone="warn"
          live={false}
          title={t('image.contentTrust.retired')}
        >
          {t('image.contentTrust.migrate')}
        </Notice>
      </div>
    </Panel>
  );
}

function Collection(props: { facts: ContentTrustFacts }) {
  const { facts } = props;
  const messages = useMessages();
  const { t } = messages;
  const classes = usePageStyles();
  return (
    <div className={classes.page}>
      <FactTable facts={collectionFacts(facts, messages)} />
      {facts.pinned === 'firstUse' && (
        <Notice tone="warn" live={false}>
          {t('image.contentTrust.nobodyNamedIt')}
        </Notice>
      )}
      {!facts.rollbackProtected && (
        <Notice tone="warn" live={false}>
          {t('image.contentTrust.noRollbackProtection')}
        </Notice>
      )}
    </div>
  );
}

function collectionFacts(
  facts: ContentTrustFacts,
  { t, number }: Messages,
): Fact[] {
  return [
    [
      t('image.contentTrust.server'),
      <SafeLink url={facts.server} text={facts.server} />,
    ],
    [t('image.contentTrust.gun'), <HostileText code text={facts.gun} />],
    [t('image.signature.trustRoot'), <TrustRootLink name={facts.trustRoot} />],
    [t('image.contentTrust.pinned'), <Pinned facts={facts} />],
    [
      t('image.contentTrust.rootKeys'),
      <Lines lines={facts.rootKeyIds.map(id => [id])} />,
    ],
    [
      t('image.contentTrust.versions'),
      <Lines
        lines={Object.entries(facts.versions).map(([role, version]) => [
          role,
          number(version),
        ])}
      />,
    ],
    [
      t('image.contentTrust.expires'),
      <Lines
        lines={Object.entries(facts.expires).map(([role, at]) => [
          role,
          <DateTime at={at} />,
        ])}
      />,
    ],
  ];
}

function Pinned(props: { facts: ContentTrustFacts }) {
  const { pinned, firstUsedAt } = props.facts;
  const { t } = useMessages();
  return (
    <>
      {t(`image.contentTrust.${pinned}`)}
      {pinned === 'firstUse' && firstUsedAt && (
        <>
          {', '}
          <DateTime at={firstUsedAt} />
        </>
      )}
    </>
  );
}

function Lines(props: { lines: [string, ReactNode?][] }) {
  const { t } = useMessages();
  const classes = usePageStyles();
  return props.lines.length === 0 ? (
    <>{t('dash')}</>
  ) : (
    <ul className={classes.plainList}>
      {props.lines.map(([name, value]) => (
        <li key={name}>
          <HostileText code text={name} />
          {value !== undefined && <> {value}</>}
        </li>
      ))}
    </ul>
  );
}
