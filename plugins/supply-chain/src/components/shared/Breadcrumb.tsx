import { Fragment } from 'react';
import { Link } from '@backstage/core-components';
import { useLinks } from '../../hooks/useLinks';
import { useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { usePageStyles } from '../../ui/pageStyles';

/**
 * The way to a page that no tab leads to, from the overview.
 */
export function Breadcrumb(props: {
  /** Pages between the overview and this one. */
  parents?: { to: string; label: string }[];
  current: string;
}) {
  const { parents = [], current } = props;
  const { t } = useMessages();
  const links = useLinks();
  const classes = usePageStyles();
  const pages = [
    { to: links.overview(), label: t('overview.title') },
    ...parents,
  ];
  return (
    <nav className={classes.secondary} aria-label={t('breadcrumb')}>
      {pages.map(({ to, label }) => (
        <Fragment key={to}>
          <Link to={to}>{label}</Link> ›{' '}
        </Fragment>
      ))}
      <HostileText text={current} />
    </nav>
  );
}
