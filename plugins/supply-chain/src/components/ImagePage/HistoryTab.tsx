import { schema } from 'backstage-plugin-supply-chain-common';
import { ImageAddress, useImageHistory } from '../../hooks/useImageReport';
import { Messages, useMessages } from '../../translations/useMessages';
import { usePageState } from '../../hooks/useUrlState';
import { provenance } from '../../translations/en/provenance';
import { vocabulary } from '../../translations/en/vocabulary';
import { HostileText } from '../../ui/HostileText';
import { OutcomeSign } from '../../ui/OutcomeSign';
import { Pager } from '../shared/Pager';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { RemoteContent } from '../../ui/RemoteContent';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { outcomeOfSignature } from '../../ui/signature';
import { outcomeOfProvenanceStatus } from '../../ui/provenance';
import { DateTime } from '../../ui/TimeAgo';

type Entry = schema.HistoryEntry;

/**
 * What changed about an image, newest first.
 */
export function HistoryTab(props: { image: ImageAddress }) {
  const messages = useMessages();
  const { t } = messages;
  const { page, pageSize } = usePageState();
  const state = useImageHistory({
    ...props.image,
    offset: page * pageSize,
    limit: pageSize,
  });
  return (
    <Panel title={t('image.tabs.history')}>
      <RemoteContent state={state}>
        {({ items, total }) => (
          <>
            <ResponsiveTable
              caption={t('image.history.caption')}
              columns={columnsOf(messages)}
              rows={items.map((entry, index) => ({ ...entry, index }))}
              keyOf={entry => `${entry.at}/${entry.index}`}
              empty={t('image.history.empty')}
            />
            {total > 0 && <Pager total={total} />}
          </>
        )}
      </RemoteContent>
    </Panel>
  );
}

function columnsOf(messages: Messages): Column<Entry & { index: number }>[] {
  const { t, meaning } = messages;
  return [
    {
      id: 'at',
      label: t('image.history.column.at'),
      render: entry => <DateTime at={entry.at} />,
    },
    {
      id: 'what',
      label: t('image.history.column.what'),
      render: entry => <What entry={entry} />,
    },
    {
      id: 'reason',
      label: t('image.history.column.reason'),
      render: entry => (entry.reason ? meaning(entry.reason) : t('dash')),
    },
  ];
}

function What(props: { entry: Entry }) {
  const { entry } = props;
  const messages = useMessages();
  const classes = usePageStyles();
  return (
    <span className={classes.row}>
      <OutcomeSign outcome={signOf(entry)} />
      <span style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        {whatText(entry, messages)}
        {entry.policy && (
          <>
            {' '}
            ({messages.t('policy')} <HostileText text={entry.policy} />)
          </>
        )}
      </span>
    </span>
  );
}

function isSignatureStatus(
  status: string | undefined,
): status is schema.SignatureSummary['status'] {
  return (
    status !== undefined && Object.hasOwn(vocabulary.signatureStatus, status)
  );
}

function isProvenanceStatus(
  status: string | undefined,
): status is schema.ProvenanceSummary['status'] {
  return status !== undefined && Object.hasOwn(provenance.title, status);
}

function signOf(entry: Entry): schema.Outcome {
  switch (entry.kind) {
    case 'verdict':
    case 'vulnerabilities':
      return entry.outcome ?? 'unknown';
    case 'signature':
      return isSignatureStatus(entry.status)
        ? outcomeOfSignature(entry.status)
        : 'unknown';
    case 'provenance':
      return isProvenanceStatus(entry.status)
        ? outcomeOfProvenanceStatus(entry.status)
        : 'unknown';
    case 'lookFailed':
      return 'unknown';
    case 'lookRestored':
      return 'pass';
    default:
      return 'notApplicable';
  }
}

function signatureWord(
  status: string | undefined,
  { t }: Messages,
): string | undefined {
  return isSignatureStatus(status) ? t(`signatureStatus.${status}`) : status;
}

/** Status, level and repository: whichever of them changed. */
function provenanceText(
  state: { status?: string; level?: number; source?: string },
  { t }: Messages,
): string | undefined {
  const { status, level = 0, source } = state;
  if (!isProvenanceStatus(status)) {
    return status;
  }
  const isVerified = status === 'verified';
  return [
    ...(isVerified ? [] : [t(`provenance.status.${status}`)]),
    ...(isVerified || level > 0 ? [t('provenance.slsaLevel', { level })] : []),
    ...(source ? [source] : []),
  ].join(' · ');
}

function changeText(
  key: 'verdict' | 'signature' | 'provenance' | 'vulnerabilities',
  options: { previous?: string; next?: string },
  { t }: Messages,
): string {
  const { previous, next = t('dash') } = options;
  return previous
    ? t(`image.history.${key}`, { previous, next })
    : t(`image.history.${key}First`, { next });
}

function whatText(entry: Entry, messages: Messages): string {
  const { t } = messages;
  switch (entry.kind) {
    case 'verdict':
    case 'vulnerabilities':
      return changeText(
        entry.kind,
        {
          previous:
            entry.previousOutcome && t(`outcome.rule.${entry.previousOutcome}`),
          next: entry.outcome && t(`outcome.rule.${entry.outcome}`),
        },
        messages,
      );
    case 'signature':
      return changeText(
        'signature',
        {
          previous: signatureWord(entry.previousStatus, messages),
          next: signatureWord(entry.status, messages),
        },
        messages,
      );
    case 'provenance': {
      const { previousStatus, previousLevel, previousSource } = entry;
      return changeText(
        'provenance',
        {
          previous: provenanceText(
            {
              status: previousStatus,
              level: previousLevel,
              source: previousSource,
            },
            messages,
          ),
          next: provenanceText(entry, messages),
        },
        messages,
      );
    }
    case 'firstSeen':
    case 'lookFailed':
    case 'lookRestored':
      return t(`image.history.${entry.kind}`);
    default:
      throw new TypeError(`Unknown history kind '${entry.kind}'`);
  }
}
