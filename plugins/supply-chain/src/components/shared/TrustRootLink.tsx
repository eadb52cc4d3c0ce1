import { Link } from '@backstage/core-components';
import { useLinks } from '../../hooks/useLinks';
import { HostileText } from '../../ui/HostileText';

/**
 * The name of a trust root that leads to the keys and identity patterns it lists.
 */
export function TrustRootLink(props: { name: string }) {
  const { name } = props;
  const links = useLinks();
  const query = new URLSearchParams({ root: name });
  return (
    <Link to={`${links.trust()}?${query}`}>
      <HostileText text={name} />
    </Link>
  );
}
