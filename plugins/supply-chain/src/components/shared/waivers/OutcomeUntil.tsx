import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../../translations/useMessages';
import { OutcomeLabel } from '../../../ui/OutcomeLabel';
import { DateTime } from '../../../ui/TimeAgo';
import { waivedUntil } from './waivedUntil';

/**
 * The outcome of a service or an image; of what is waived, until when: then it counts again.
 */
export function OutcomeUntil(props: {
  outcome: schema.Outcome;
  verdicts: readonly schema.Verdict[];
  large?: boolean;
}) {
  const { outcome, verdicts, large } = props;
  const { t } = useMessages();
  const until = outcome === 'waived' ? waivedUntil(verdicts) : undefined;
  return (
    <OutcomeLabel outcome={outcome} of="service" large={large}>
      {until && (
        <span style={{ whiteSpace: 'normal' }}>
          {t('waivers.finding.until')} <DateTime at={until} />
        </span>
      )}
    </OutcomeLabel>
  );
}
