import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { SeverityChip } from '../../ui/SeverityChips';

/**
 * The severity of a check or control; a dash where it has none.
 */
export function CheckSeverityText(props: { severity?: schema.CheckSeverity }) {
  const { severity } = props;
  const { t } = useMessages();
  switch (severity) {
    case undefined:
      return <>{t('dash')}</>;
    case 'info':
      return <>{t('severity.info')}</>;
    default:
      return <SeverityChip severity={severity} />;
  }
}
