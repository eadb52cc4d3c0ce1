import { Link } from '@backstage/core-components';
import { schema } from 'backstage-plugin-supply-chain-common';
import { useLinks } from '../../hooks/useLinks';
import { MessageKey } from '../../translations/ref';
import { Messages, useMessages } from '../../translations/useMessages';
import { useSources } from '../../hooks/useSources';
import { SandboxBanner, useSourceKind } from '../../ui/Banners';
import { HostileText } from '../../ui/HostileText';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { RemoteContent } from '../../ui/RemoteContent';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { TimeAgo } from '../../ui/TimeAgo';
import { ReasonAndMessage } from '../shared/ReasonAndMessage';

const STATE_OUTCOMES: Record<schema.Source['state'], schema.Outcome> = {
  starting: 'unknown',
  ok: 'pass',
  degraded: 'warn',
  down: 'fail',
  notInstalled: 'notApplicable',
};

/** Where the kind alone does not say who reports. */
const FEED_MATTERS = new Set([
  'cluster',
  'scanner',
  'enforcer',
  'checks',
  'contents',
]);

/** Feeds of data about exploits. */
const EXPLOIT_FEEDS = new Set(['knownExploited', 'exploitScores']);

const KIND_ORDER = [
  'cluster',
  'registry',
  'scanner',
  'enforcer',
  'checks',
  'contents',
  'policyFile',
  'trustRoot',
  'exploitData',
  'catalog',
];

function byKind(sources: schema.Source[]): schema.Source[] {
  const rank = ({ kind }: schema.Source) => {
    const index = KIND_ORDER.indexOf(kind);
    return index < 0 ? KIND_ORDER.length : index;
  };
  return [...sources].sort(
    (left, right) =>
      rank(left) - rank(right) ||
      left.kind.localeCompare(right.kind) ||
      left.name.localeCompare(right.name),
  );
}

/**
 * State of every cluster, registry, scanner, policy file and trust root, and of the queue.
 */
export function SourcesPage() {
  const state = useSources();
  const classes = usePageStyles();
  return (
    <div className={classes.frame} data-supply-chain>
      <RemoteContent state={state}>
        {health => <SourcesView health={health} />}
      </RemoteContent>
    </div>
  );
}

function SourcesView(props: { health: schema.SourceHealth }) {
  const { health } = props;
  const messages = useMessages();
  const { t } = messages;
  const classes = usePageStyles();
  const kindWord = useSourceKind('sourceKinds');
  return (
    <div className={classes.page}>
      <SandboxBanner sandbox={health.sandbox} />
      <Panel title={t('overview.sources.queue')}>
        <Queue queue={health.queue} />
      </Panel>
      <Panel title={t('overview.sources.title')}>
        <ResponsiveTable
          caption={t('overview.sources.caption')}
          columns={columnsOf(messages)}
          rows={byKind(health.sources)}
          groupOf={source => kindWord(source.kind)}
          keyOf={source => [source.kind, source.name, source.feed].join('/')}
          empty={t('overview.sources.none')}
        />
      </Panel>
    </div>
  );
}

function Queue(props: { queue: schema.QueueHealth }) {
  const { due, underWay, oldestDueAt } = props.queue;
  const { t } = useMessages();
  return (
    <>
      {t('overview.sources.due', { count: due })} ·{' '}
      {t('overview.sources.underWay', { count: underWay })}
      {oldestDueAt && (
        <>
          {' · '}
          {t('overview.sources.oldest')} <TimeAgo at={oldestDueAt} />
        </>
      )}
    </>
  );
}

function columnsOf(messages: Messages): Column<schema.Source>[] {
  const { t, number } = messages;
  return [
    {
      id: 'source',
      label: t('overview.sources.column.source'),
      minWidthPx: 150,
      render: source => <SourceName source={source} />,
    },
    {
      id: 'state',
      noWrap: true,
      label: t('overview.sources.column.state'),
      render: source => (
        <OutcomeLabel outcome={STATE_OUTCOMES[source.state]}>
          {t(`sourceState.${source.state}`)}
        </OutcomeLabel>
      ),
    },
    {
      id: 'lastSuccess',
      noWrap: true,
      label: t('overview.sources.column.lastSuccess'),
      render: source =>
        source.lastSuccessAt ? (
          <TimeAgo at={source.lastSuccessAt} />
        ) : (
          t('overview.sources.never')
        ),
    },
    {
      id: 'items',
      label: t('overview.sources.column.items'),
      render: source =>
        source.items === undefined ? t('dash') : number(source.items),
    },
    {
      id: 'problem',
      label: t('overview.sources.column.problem'),
      render: source => <Problem source={source} />,
    },
    {
      id: 'nextTry',
      noWrap: true,
      label: t('overview.sources.column.nextTry'),
      render: source =>
        source.nextTryAt ? <TimeAgo at={source.nextTryAt} /> : t('dash'),
    },
  ];
}

/** The list of clusters stands beside the clusters when it cannot be read. */
function isCluster({ kind, name }: schema.Source): boolean {
  return ['cluster', 'checks'].includes(kind) && name !== '(list of clusters)';
}

/**
 * What a source is called, and what tells it from others of that name. The last part of a path is what people call the
 * file; data about exploits go by what they are, wherever they lie.
 */
function nameOf(
  { kind, name, feed }: schema.Source,
  { t }: Messages,
): { title: string; below?: string } {
  if (kind === 'exploitData' && EXPLOIT_FEEDS.has(feed ?? '')) {
    return { title: t(`exploitData.${feed}` as MessageKey), below: name };
  }
  if (kind === 'policyFile' && /[/\\]/.test(name)) {
    return { title: name.split(/[/\\]/).pop() || name, below: name };
  }
  return { title: name, below: FEED_MATTERS.has(kind) ? feed : undefined };
}

function SourceName(props: { source: schema.Source }) {
  const { name } = props.source;
  const classes = usePageStyles();
  const links = useLinks();
  const { title, below } = nameOf(props.source, useMessages());
  return (
    <>
      {isCluster(props.source) ? (
        <Link to={links.cluster(name)}>
          <HostileText text={title} />
        </Link>
      ) : (
        <HostileText text={title} />
      )}
      {below && (
        <div className={classes.secondary}>
          <HostileText text={below} />
        </div>
      )}
    </>
  );
}

function Problem(props: { source: schema.Source }) {
  const { reason, message, lastFailureAt } = props.source;
  const { t } = useMessages();
  const classes = usePageStyles();
  if (!reason && !message && !lastFailureAt) {
    return <>{t('dash')}</>;
  }
  return (
    <>
      <ReasonAndMessage reason={reason} message={message} />
      {lastFailureAt && (
        <div className={classes.secondary}>
          {t('overview.sources.lastFailure')} <TimeAgo at={lastFailureAt} />
        </div>
      )}
    </>
  );
}
