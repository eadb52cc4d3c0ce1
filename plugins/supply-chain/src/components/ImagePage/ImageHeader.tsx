import { useMemo } from 'react';
import {
  CompoundEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { useRecheck } from '../../hooks/useRecheck';
import { DigestText } from '../../ui/DigestText';
import { EntityLink } from '../../ui/EntityChip';
import { HostileText } from '../../ui/HostileText';
import { OutcomeUntil } from '../shared/waivers/OutcomeUntil';
import { usePageStyles } from '../../ui/pageStyles';
import { RecheckButton, RecheckProgress } from '../shared/RecheckButton';
import { TimeAgo } from '../../ui/TimeAgo';
import { Breadcrumb } from '../shared/Breadcrumb';

/** Repository and tag as deployed; the digest stands below. */
function taggedName({ imageRefs, repository }: schema.ImageReport): string {
  return imageRefs[0]?.split('@')[0] || repository;
}

/**
 * Which image this is, where it runs and what it comes to.
 */
export function ImageHeader(props: {
  report: schema.ImageReport;
  reload: () => void;
  /** An entity that runs it: whoever may re-check that one may re-check the image. */
  runner?: CompoundEntityRef;
}) {
  const { report, reload, runner } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <header>
      <Breadcrumb current={t('image.breadcrumb')} />
      <h2 style={{ margin: '4px 0', overflowWrap: 'anywhere' }}>
        <HostileText text={taggedName(report)} />
      </h2>
      <div className={classes.row}>
        <OutcomeUntil
          outcome={report.outcome}
          verdicts={report.verdicts}
          large
        />
        <span className={classes.secondary}>
          {report.evaluatedAt ? (
            <>
              {t('checked')} <TimeAgo at={report.evaluatedAt} />
            </>
          ) : (
            t('notCheckedYet')
          )}
        </span>
        {runner && (
          <Recheck entity={runner} pending={report.pending} reload={reload} />
        )}
      </div>
      <WhereItRuns report={report} />
    </header>
  );
}

function Recheck(props: {
  entity: CompoundEntityRef;
  pending: boolean;
  reload: () => void;
}) {
  const { pending, reload } = props;
  const entityRef = stringifyEntityRef(props.entity);
  const { kind, namespace, name } = props.entity;
  // The reference is made anew with every answer; what it names is what counts.
  const entity = useMemo(
    () => ({ kind, namespace, name }),
    [kind, namespace, name],
  );
  const recheck = useRecheck({ entity, pending: pending ? 1 : 0, reload });
  return (
    <span key={entityRef}>
      <RecheckButton recheck={recheck} />
      <RecheckProgress state={recheck.state} />
    </span>
  );
}

function WhereItRuns(props: { report: schema.ImageReport }) {
  const { report } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  const { placements, entityRefs, platforms, firstSeen } = report;
  const clusters = new Set(placements.map(place => place.cluster)).size;
  const pods = placements.reduce((sum, place) => sum + place.pods, 0);
  const onlyNamed = placements.length === 0 && report.annotated;
  return (
    <div className={classes.secondary}>
      <DigestText digest={report.digest} long />
      {platforms.length > 0 && (
        <>
          {' · '}
          <HostileText text={platforms.join(', ')} />
        </>
      )}
      {' · '}
      {onlyNamed
        ? t('image.onlyNamed')
        : t('image.runsIn', {
            clusters: t('image.clusters', { count: clusters }),
            pods: t('pods', { count: pods }),
            services: t('image.services', { count: entityRefs.length }),
          })}
      {firstSeen && (
        <>
          {' · '}
          {t('image.firstSeen')} <TimeAgo at={firstSeen} />
        </>
      )}
      {entityRefs.length > 0 && (
        <div>
          {t(onlyNamed ? 'image.servicesNaming' : 'image.servicesTitle')}:{' '}
          {entityRefs.map((entityRef, index) => (
            <span key={entityRef}>
              {index > 0 && ', '}
              <EntityLink entityRef={entityRef} defaultKind="component" />
            </span>
          ))}
        </div>
      )}
    </div>
  );
}
