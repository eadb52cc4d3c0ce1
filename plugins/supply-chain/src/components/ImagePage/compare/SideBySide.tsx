import { ReactNode } from 'react';
import { Link } from '@backstage/core-components';
import { schema } from 'backstage-plugin-supply-chain-common';
import { useLinks } from '../../../hooks/useLinks';
import { MessageKey } from '../../../translations/ref';
import { Messages, useMessages } from '../../../translations/useMessages';
import { HostileText } from '../../../ui/HostileText';
import { shortDigest, shortImageName } from '../../../ui/imageName';
import { OutcomeLabel } from '../../../ui/OutcomeLabel';
import { Panel } from '../../../ui/Panel';
import { usePageStyles } from '../../../ui/pageStyles';
import { Column, ResponsiveTable } from '../../../ui/ResponsiveTable';
import { ScanSummary } from '../../../ui/ScanSummary';
import { TimeAgo } from '../../../ui/TimeAgo';

type Row = {
  id: string;
  name: string;
  before: ReactNode;
  after: ReactNode;
  result?: ReactNode;
};

/**
 * Both images: where they run, how they were scanned, who signed and built them, and what of it differs.
 */
export function SideBySide(props: { comparison: schema.ImageComparison }) {
  const { comparison } = props;
  const messages = useMessages();
  const { t } = messages;
  return (
    <Panel title={t('comparison.sides.title')}>
      <ResponsiveTable
        caption={t('comparison.sides.caption')}
        columns={columnsOf(messages)}
        rows={[
          ...imageRows(comparison, messages),
          ...comparison.facts.map(fact => factRow(fact, messages)),
        ]}
        keyOf={row => row.id}
      />
    </Panel>
  );
}

function columnsOf({ t }: Messages): Column<Row>[] {
  return [
    {
      id: 'fact',
      label: t('comparison.sides.fact'),
      render: row => row.name,
    },
    {
      id: 'before',
      label: t('comparison.sides.before'),
      render: row => row.before,
    },
    {
      id: 'after',
      label: t('comparison.sides.after'),
      render: row => row.after,
    },
    {
      id: 'result',
      label: t('comparison.sides.result'),
      render: row => row.result ?? t('dash'),
    },
  ];
}

function imageRows(
  { image, with: other }: schema.ImageComparison,
  { t }: Messages,
): Row[] {
  const both = (
    id: 'image' | 'where' | 'platforms' | 'scan',
    render: (side: schema.ComparedImage) => ReactNode,
  ): Row => ({
    id,
    name: t(`comparison.sides.${id}`),
    before: render(other),
    after: render(image),
  });
  return [
    both('image', side => <ImageName image={side} />),
    both('where', side => <Places image={side} />),
    both('platforms', ({ platforms }) => (
      <HostileText text={platforms.join(', ') || t('dash')} />
    )),
    both('scan', ({ vulnerabilities }) => (
      <ScanSummary summary={vulnerabilities} />
    )),
  ];
}

function ImageName(props: { image: schema.ComparedImage }) {
  const { repository, digest, imageRefs } = props.image;
  const links = useLinks();
  return (
    <>
      <HostileText text={shortImageName(imageRefs[0] ?? repository)} />{' '}
      <Link to={links.image({ repository, digest })}>
        <HostileText code text={shortDigest(digest)} />
      </Link>
    </>
  );
}

function Places(props: { image: schema.ComparedImage }) {
  const { running, placements, lastSeen } = props.image;
  const { t } = useMessages();
  const classes = usePageStyles();
  const clusters = placements
    .filter(place => place.running === running)
    .map(({ cluster, namespace }) => `${cluster}/${namespace}`);
  return (
    <>
      <HostileText text={[...new Set(clusters)].join(', ') || t('dash')} />
      {!running && (
        <div className={classes.secondary}>
          {t('comparison.sides.notRunning')} <TimeAgo at={lastSeen} />
        </div>
      )}
    </>
  );
}

/** Statuses have words of their own, in the other parts of the page as well. */
function statusText(
  { id }: schema.ComparedFact,
  value: string,
  { t }: Messages,
): string | undefined {
  if (id === 'signature' || (id === 'provenance' && value === 'verified')) {
    return t(`signatureStatus.${value as schema.SignatureSummary['status']}`);
  }
  return id === 'provenance'
    ? t(`provenance.status.${value}` as MessageKey)
    : undefined;
}

function factRow(fact: schema.ComparedFact, messages: Messages): Row {
  const { t } = messages;
  const side = (name: 'before' | 'after') => (
    <FactValues fact={fact} side={name} />
  );
  return {
    id: fact.id,
    name: t(`comparison.facts.${fact.id}`),
    before: side('before'),
    after: side('after'),
    result: <FactResult fact={fact} />,
  };
}

function FactValues(props: {
  fact: schema.ComparedFact;
  side: 'before' | 'after';
}) {
  const { fact, side } = props;
  const messages = useMessages();
  const { t } = messages;
  const classes = usePageStyles();
  const values = fact[side];
  if (values.length === 0) {
    return <>{t('dash')}</>;
  }
  return (
    <>
      {values.map(value => (
        <div key={value}>
          {statusText(fact, value, messages) ?? <HostileText text={value} />}
        </div>
      ))}
      {fact.claimed?.includes(side) && (
        <div className={classes.secondary}>{t('comparison.sides.claimed')}</div>
      )}
    </>
  );
}

/** What is not as it usually is asks for a look; that a rebuild has the same commit is nothing bad. */
function FactResult(props: { fact: schema.ComparedFact }) {
  const { result, expected } = props.fact;
  const { t } = useMessages();
  if (result === 'unknown') {
    return (
      <OutcomeLabel outcome="unknown">
        {t('comparison.result.unknown')}
      </OutcomeLabel>
    );
  }
  if (result === expected) {
    return (
      <OutcomeLabel outcome="pass">
        {t(
          result === 'same'
            ? 'comparison.result.sameAsExpected'
            : 'comparison.result.differentAsExpected',
        )}
      </OutcomeLabel>
    );
  }
  return expected === 'same' ? (
    <OutcomeLabel outcome="warn">
      {t('comparison.result.different')}
    </OutcomeLabel>
  ) : (
    <>{t(`comparison.result.${result}`)}</>
  );
}
