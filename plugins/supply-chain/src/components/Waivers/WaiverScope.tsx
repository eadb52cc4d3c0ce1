import { Link } from '@backstage/core-components';
import { schema } from 'backstage-plugin-supply-chain-common';
import { useLinks } from '../../hooks/useLinks';
import { useMessages } from '../../translations/useMessages';
import { DigestText } from '../../ui/DigestText';
import { EntityLink } from '../../ui/EntityChip';
import { HostileText } from '../../ui/HostileText';
import { usePageStyles } from '../../ui/pageStyles';

/**
 * What a waiver is about: service, images and vulnerability.
 */
export function WaiverScope(props: { waiver: schema.WaiverReport }) {
  const { entityRef, vulnerability } = props.waiver.scope;
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <>
      <div>
        {entityRef ? (
          <EntityLink entityRef={entityRef} defaultKind="component" />
        ) : (
          t('waivers.scope.everywhere')
        )}
      </div>
      <div className={classes.secondary}>
        <Images scope={props.waiver.scope} />
        {vulnerability && (
          <div>{t('waivers.scope.vulnerability', { id: vulnerability })}</div>
        )}
      </div>
    </>
  );
}

function Images(props: { scope: schema.WaiverScope }) {
  const { repository, digest } = props.scope;
  const { t } = useMessages();
  const links = useLinks();
  if (!repository) {
    return <>{t('waivers.scope.anyImage')}</>;
  }
  return digest ? (
    <>
      <Link to={links.image({ repository, digest })}>
        <HostileText text={repository} />
      </Link>{' '}
      <DigestText digest={digest} />
    </>
  ) : (
    <HostileText text={repository} />
  );
}
