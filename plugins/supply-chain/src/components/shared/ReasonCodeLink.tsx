import { Link } from '@backstage/core-components';
import { REASON_CODES } from 'backstage-plugin-supply-chain-common';
import { useLinks } from '../../hooks/useLinks';
import { HostileText } from '../../ui/HostileText';

/**
 * A reason code that leads to what it means and what to do. One this version does not know leads nowhere.
 */
export function ReasonCodeLink(props: { code: string }) {
  const { code } = props;
  const links = useLinks();
  return Object.hasOwn(REASON_CODES, code) ? (
    <Link to={links.reason(code)}>
      <code>{code}</code>
    </Link>
  ) : (
    <HostileText code text={code} />
  );
}
