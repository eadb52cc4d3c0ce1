import {
  Entity,
  getCompoundEntityRef,
  RELATION_HAS_PART,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { schema } from 'backstage-plugin-supply-chain-common';
import { InfoCard, Link } from '@backstage/core-components';
import { getEntityRelations, useEntity } from '@backstage/plugin-catalog-react';
import { useLinks } from '../../hooks/useLinks';
import { useMessages } from '../../translations/useMessages';
import { useOverview } from '../../hooks/useOverview';
import { OWNER_ALL } from '../../hooks/useOwnerFilter';
import { SandboxBanner } from '../../ui/Banners';
import { EntityLink } from '../../ui/EntityChip';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { usePageStyles } from '../../ui/pageStyles';
import { RemoteContent } from '../../ui/RemoteContent';

type Scope = { owner: string } | { system: string };

/**
 * The supply chain of the services of a system, a domain or a group, in numbers.
 *
 * @public
 */
export function RollUpCard() {
  const { entity } = useEntity();
  const { t } = useMessages();
  return (
    <InfoCard title={t('entity.card.rollupTitle')}>
      <ScopesOf entity={entity} />
    </InfoCard>
  );
}

function ScopesOf(props: { entity: Entity }) {
  const { entity } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  const entityRef = stringifyEntityRef(entity);
  switch (getCompoundEntityRef(entity).kind.toLocaleLowerCase('en-US')) {
    case 'system':
      return <RollUp scope={{ system: entityRef }} />;
    case 'domain': {
      // The overview knows systems; a domain is the systems it has.
      const systems = getEntityRelations(entity, RELATION_HAS_PART, {
        kind: 'system',
      }).map(stringifyEntityRef);
      if (systems.length === 0) {
        return <>{t('entity.card.noServices')}</>;
      }
      return (
        <ul
          className={classes.plainList}
          aria-label={t('entity.card.domainSystems')}
        >
          {systems.map(system => (
            <li key={system} style={{ paddingBottom: 8 }}>
              <EntityLink entityRef={system} defaultKind="system" />
              <RollUp scope={{ system }} />
            </li>
          ))}
        </ul>
      );
    }
    default:
      return <RollUp scope={{ owner: entityRef }} />;
  }
}

function RollUp(props: { scope: Scope }) {
  const { scope } = props;
  const state = useOverview({
    scope: JSON.stringify(scope),
    query:
      'owner' in scope
        ? { owner: [scope.owner], limit: 1 }
        : { system: scope.system, limit: 1 },
  });
  return (
    <RemoteContent state={state}>
      {overview => <Numbers overview={overview} scope={scope} />}
    </RemoteContent>
  );
}

function Numbers(props: { overview: schema.Overview; scope: Scope }) {
  const { overview, scope } = props;
  const { figures, sandbox } = overview;
  const { t } = useMessages();
  const links = useLinks();
  const classes = usePageStyles();
  const { services, servicesFailing, cannotTell } = figures;
  if (services === 0) {
    return <>{t('entity.card.noServices')}</>;
  }
  const rest = Math.max(0, services - servicesFailing - cannotTell);
  return (
    <div className={classes.page}>
      <SandboxBanner sandbox={sandbox} />
      <ul className={classes.plainList}>
        <li>{t('entity.card.services', { count: services })}</li>
        {servicesFailing > 0 && (
          <li>
            <OutcomeLabel outcome="fail">
              {t('entity.card.notCompliant', { count: servicesFailing })}
            </OutcomeLabel>
          </li>
        )}
        {cannotTell > 0 && (
          <li>
            <OutcomeLabel outcome="unknown">
              {t('entity.card.cannotTell', { count: cannotTell })}
            </OutcomeLabel>
          </li>
        )}
        {rest > 0 && <li>{t('entity.card.theRest', { count: rest })}</li>}
      </ul>
      <Link
        to={links.overview({
          ...scope,
          owner: 'owner' in scope ? scope.owner : OWNER_ALL,
        })}
      >
        {t('entity.card.openOverview')}
      </Link>
    </div>
  );
}
