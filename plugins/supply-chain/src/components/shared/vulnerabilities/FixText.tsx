import { fixStateOf, schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../../translations/useMessages';
import { HostileText } from '../../../ui/HostileText';

/**
 * The version with the fix, or what is known of one: that nobody knows it is not that there is none.
 */
export function FixText(props: {
  row: Pick<schema.VulnerabilityRow, 'fixedVersion' | 'fixState'>;
}) {
  const { row } = props;
  const { t } = useMessages();
  const state = fixStateOf(row);
  return state === 'fixed' ? (
    <HostileText code text={row.fixedVersion!} />
  ) : (
    <>{t(`image.vulnerabilities.fixState.${state}`)}</>
  );
}
