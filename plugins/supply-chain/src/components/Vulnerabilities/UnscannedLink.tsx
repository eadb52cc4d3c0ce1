import { Link } from '@backstage/core-components';
import { useLinks } from '../../hooks/useLinks';
import { useMessages } from '../../translations/useMessages';

/**
 * Leads to the services with images that no scan speaks for.
 */
export function UnscannedLink(props: {
  /** `mine`, `all` or an entity ref. */
  owner: string;
}) {
  const { t } = useMessages();
  const links = useLinks();
  return (
    <Link to={links.overview({ scan: 'unknown', owner: props.owner })}>
      {t('vulnerabilities.showUnscanned')}
    </Link>
  );
}
