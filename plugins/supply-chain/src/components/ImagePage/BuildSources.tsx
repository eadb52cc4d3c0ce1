import { Messages, useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { Notice } from '../../ui/Notice';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { Panel } from '../../ui/Panel';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { SafeLink } from '../../ui/SafeLink';
import {
  BuildComparison,
  buildComparison,
  contradicts,
} from './buildComparison';
import { CheckedProvenance, claimsOf } from './provenanceEvidence';
import { SummaryFacts } from './SummaryFacts';

/**
 * What the certificate proves beside what the builder wrote; where they differ, the certificate counts.
 */
export function BuildSources(props: { counted?: CheckedProvenance }) {
  const { counted } = props;
  const messages = useMessages();
  const { t } = messages;
  if (!counted) {
    return null;
  }
  const { statement, check } = counted;
  const { content } = statement;
  // A certificate that no trust root accounts for proves nothing.
  const signer = check?.status === 'verified' ? check.signer : undefined;
  const rows = buildComparison(signer, claimsOf(statement));
  return (
    <Panel title={t('provenance.whoSays')}>
      <p style={{ marginTop: 0 }}>
        {t(
          signer?.type === 'identity'
            ? 'provenance.certificateCounts'
            : 'provenance.onlyWritten',
        )}
      </p>
      {content.type === 'unreadable' && (
        <Notice tone="fail" live={false} title={t('provenance.unreadable')}>
          <HostileText text={content.message} />
        </Notice>
      )}
      {content.type === 'verificationSummary' && (
        <SummaryFacts
          summary={content.summary}
          isTrusted={check?.status === 'verified'}
        />
      )}
      {rows.length > 0 && (
        <ResponsiveTable
          caption={t('provenance.whoSays')}
          columns={columnsOf(messages)}
          rows={rows}
          keyOf={row => row.id}
        />
      )}
    </Panel>
  );
}

function columnsOf({ t }: Messages): Column<BuildComparison>[] {
  return [
    {
      id: 'fact',
      label: t('provenance.fact'),
      minWidthPx: 110,
      render: row => t(`provenance.said.${row.id}`),
    },
    {
      id: 'proven',
      label: t('provenance.proven'),
      render: row => <Said text={row.proven} />,
    },
    {
      id: 'written',
      label: t('provenance.written'),
      render: row => (
        <>
          <Said text={row.written} />
          {contradicts(row) && (
            <div>
              <OutcomeLabel outcome="fail">
                {t('provenance.contradicts')}
              </OutcomeLabel>
            </div>
          )}
        </>
      ),
    },
  ];
}

function Said(props: { text?: string }) {
  const { text } = props;
  const { t } = useMessages();
  return text ? <SafeLink url={text} text={text} /> : <>{t('dash')}</>;
}
