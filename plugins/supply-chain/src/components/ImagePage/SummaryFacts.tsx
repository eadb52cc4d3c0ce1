import { VerificationSummary } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { FactTable } from '../../ui/FactTable';
import { HostileText } from '../../ui/HostileText';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { SafeLink } from '../../ui/SafeLink';
import { DateTime } from '../../ui/TimeAgo';

/**
 * What a verifier says it found; green only when somebody trusted signed it.
 *
 * https://slsa.dev/spec/v1.2/verification_summary
 */
export function SummaryFacts(props: {
  summary: VerificationSummary;
  isTrusted: boolean;
}) {
  const { summary, isTrusted } = props;
  const { verifierId, result, verifiedLevels, policyUri } = summary;
  const { resourceUri, timeVerified } = summary;
  const { t } = useMessages();
  const passed = isTrusted ? 'pass' : 'warn';
  return (
    <FactTable
      facts={[
        [
          t('provenance.vsa.result'),
          <OutcomeLabel outcome={result === 'PASSED' ? passed : 'fail'}>
            <HostileText text={result} />
          </OutcomeLabel>,
        ],
        [
          t('provenance.vsa.verifier'),
          <SafeLink url={verifierId} text={verifierId} />,
        ],
        [
          t('provenance.vsa.levels'),
          <HostileText text={verifiedLevels.join(', ') || t('dash')} />,
        ],
        [
          t('provenance.vsa.policy'),
          policyUri ? <SafeLink url={policyUri} text={policyUri} /> : t('dash'),
        ],
        [t('provenance.vsa.resource'), <HostileText code text={resourceUri} />],
        [
          t('provenance.vsa.time'),
          timeVerified ? <DateTime at={timeVerified} /> : t('dash'),
        ],
      ]}
    />
  );
}
